import type { TokenCursor } from './token-cursor.ts'

/** Takes tokens until one outside of parentheses fulfils the condition, closes the parenthesis around, or ends the text. */
export function skipTo(cursor: TokenCursor, isThere: () => boolean): void {
  for (let depth = 0; depth > 0 || (!isThere() && !cursor.sees(')')); cursor.take()) {
    if (cursor.peek().kind === 'end') return
    if (cursor.sees('(')) depth++
    if (cursor.sees(')')) depth--
  }
}
