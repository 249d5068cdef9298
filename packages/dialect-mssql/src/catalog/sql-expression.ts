import type { SqlExpression } from '@albackup/core'
import { parseExpression } from '../expression-parser.ts'

/** An expression with the words of the catalog, and their meaning where it is understood. */
export function sqlExpression(printed: string): SqlExpression {
  const native = likeInWords(printed)
  const meaning = parseExpression(native)
  return { native, ...(meaning !== undefined && { meaning }) }
}

/** A quoted text or name, which stays as it is, or the operator between blanks: SQL Server never prints one like it. */
const QUOTED_OR_LIKE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|(?<= )!?~~\*?(?= )/g

/** A server that runs T-SQL on another engine prints LIKE by that engine's operator, which it does not take back. */
function likeInWords(printed: string): string {
  return printed.replace(QUOTED_OR_LIKE, (found) => {
    if (!/^!?~/.test(found)) return found
    return found.startsWith('!') ? 'not like' : 'like'
  })
}
