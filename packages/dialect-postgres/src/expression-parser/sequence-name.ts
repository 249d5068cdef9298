import { notUnderstood, TokenCursor } from './token-cursor.ts'
import { tokenize } from './tokens.ts'

/** The sequence that a regclass names: `public.numbers`, `"Numbers"`. */
export function parseSequenceName(name: string | undefined): { readonly schema: string | null; readonly name: string } {
  const cursor = new TokenCursor(tokenize(name ?? '') ?? notUnderstood())
  const first = parseName(cursor)
  const second = cursor.accept('.') ? parseName(cursor) : undefined
  if (cursor.peek().kind !== 'end') return notUnderstood()
  return second === undefined ? { schema: null, name: first } : { schema: first, name: second }
}

function parseName(cursor: TokenCursor): string {
  const { kind, text } = cursor.take()
  return kind === 'word' || kind === 'name' ? text : notUnderstood()
}
