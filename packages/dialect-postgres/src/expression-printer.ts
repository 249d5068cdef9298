import type { Expression } from '@albackup/core'
import { holds } from './expression-printer/columns.ts'
import type { ExpressionContext } from './expression-printer/context.ts'
import { assign } from './expression-printer/convert.ts'
import { print, requireCondition } from './expression-printer/print.ts'
import { NotProven, type Printed, refuse } from './expression-printer/printed.ts'

export type { ContextColumn, ExpressionContext } from './expression-printer/context.ts'

/** An expression in PostgreSQL's words, or why it has none: the end of a sentence. */
export type Translation = { readonly sql: string } | { readonly reason: string }

/** In PostgreSQL's words, when they are proven to give the same result; else undefined. See docs/expressions.md. */
export function printExpression(expression: Expression, context: ExpressionContext): string | undefined {
  const translation = translateExpression(expression, context)
  return 'sql' in translation ? translation.sql : undefined
}

/** As printExpression, and says why an expression is not printed. */
export function translateExpression(expression: Expression, context: ExpressionContext): Translation {
  try {
    const printed = print(expression, context)
    if (context.purpose === 'check' || context.purpose === 'filter') return { sql: requireCondition(printed).sql }
    const { target } = context
    if (target !== undefined && !holds(target))
      return { reason: `its column has the type ${target.type} in the target` }
    return { sql: target === undefined ? requireValue(printed).sql : assign(printed, target.logical).sql }
  } catch (error) {
    if (error instanceof NotProven) return { reason: error.message }
    throw error
  }
}

function requireValue(printed: Printed): Printed {
  return printed.type.kind === 'condition' ? refuse('a condition stands for a value') : printed
}
