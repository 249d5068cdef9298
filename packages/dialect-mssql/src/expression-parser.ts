import type { Expression } from '@albackup/core'
import { parseExpressionAt } from './expression-parser/grammar.ts'
import { NotUnderstood, TokenCursor } from './expression-parser/token-cursor.ts'
import { tokenize } from './expression-parser/tokens.ts'

export { textComparison } from './expression-parser/text-comparison.ts'

/**
 * What a T-SQL scalar expression means, from its text as SQL Server's catalog keeps it.
 * Undefined when the text is not understood in full; never throws.
 */
export function parseExpression(native: string): Expression | undefined {
  const tokens = tokenize(native)
  if (tokens === undefined) return undefined
  const cursor = new TokenCursor(tokens)
  try {
    const expression = parseExpressionAt(cursor)
    return cursor.peek().kind === 'end' ? expression : undefined
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

/** The expression inside `create default [name] as …`, the text of a default that is bound to columns. */
export function boundDefaultExpression(definition: string): string | undefined {
  const tokens = tokenize(definition) ?? []
  const keyword = (index: number, text: string) =>
    tokens[index]?.kind === 'word' && tokens[index].text.toLowerCase() === text
  if (!keyword(0, 'create') || !keyword(1, 'default')) return undefined
  const as = tokens[3]?.text === '.' ? 5 : 3
  return keyword(as, 'as') ? definition.slice(tokens[as]!.end).trim() : undefined
}
