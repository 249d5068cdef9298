import type { Expression, SqlExpression } from '@albackup/core'
import { asCondition, asValue } from './expression-parser/conditions.ts'
import { parseExpressionAt } from './expression-parser/grammar.ts'
import { NotUnderstood, TokenCursor } from './expression-parser/token-cursor.ts'
import { tokenize } from './expression-parser/tokens.ts'

/** 'condition': of a check or an index; 'value': a default, or what a column is generated from. */
export type ExpressionUse = 'condition' | 'value'

/**
 * What an expression means, from its text as PostgreSQL's catalog prints it (pg_get_expr).
 * Undefined when the text is not understood in full; never throws.
 */
export function parseExpression(native: string, use: ExpressionUse): Expression | undefined {
  const tokens = tokenize(native)
  if (tokens === undefined) return undefined
  const cursor = new TokenCursor(tokens)
  try {
    const expression = parseExpressionAt(cursor)
    if (cursor.peek().kind !== 'end') return undefined
    return use === 'condition' ? asCondition(expression) : asValue(expression)
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

/** The catalog's words with what they mean. */
export function sqlExpression(native: string, use: ExpressionUse): SqlExpression {
  const meaning = parseExpression(native, use)
  return { native, ...(meaning === undefined ? {} : { meaning }) }
}
