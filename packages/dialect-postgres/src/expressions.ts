import type { Expression } from '@albackup/core'
import type { ExpressionContext } from './expressions/context.ts'

export type { ContextColumn, ExpressionContext } from './expressions/context.ts'

/** An expression in PostgreSQL's words, or why it has none. */
export type Translation = { readonly sql: string } | { readonly reason: string }

/** In PostgreSQL's words, when they are proven to give the same result; else undefined. See docs/expressions.md. */
export function printExpression(expression: Expression, context: ExpressionContext): string | undefined {
  const translation = translateExpression(expression, context)
  return 'sql' in translation ? translation.sql : undefined
}

/** As printExpression, and says why an expression is not printed. */
export function translateExpression(_expression: Expression, _context: ExpressionContext): Translation {
  return { reason: 'it is not understood' }
}
