import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import type { QueryReader } from './query-reader.ts'

/** Hints that say how rows are read while others write them, and nothing about which rows are there. */
const OF_LOCKS: ReadonlySet<string> = new Set([
  'nolock',
  'readuncommitted',
  'readcommitted',
  'rowlock',
  'paglock',
  'tablock',
])

/** `with (nolock)`, or without the WITH as in older texts. False, and nothing taken, where there are none. */
export function parseTableHints(cursor: TokenCursor, reader: QueryReader): boolean {
  const said = cursor.sees('with') && cursor.sees('(', 1)
  const bare = cursor.sees('(') && OF_LOCKS.has(cursor.peek(1).text.toLowerCase())
  if (!said && !bare) return false
  cursor.accept('with')
  cursor.expect('(')
  do {
    const hint = cursor.take().text.toLowerCase()
    if (!OF_LOCKS.has(hint)) throw new NotUnderstood(`it has the table hint ${hint.toUpperCase()}`)
    cursor.accept(',')
  } while (!cursor.accept(')'))
  reader.asides.add('locks')
  return true
}
