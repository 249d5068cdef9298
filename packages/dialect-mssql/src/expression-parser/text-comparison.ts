import type { TextComparison } from '@albackup/core'

/** Collations in which the printable characters of ASCII keep to themselves; other languages equate some, as i and y. */
const LATIN = /^(sql_)?latin1_general_|^bbf_unicode_/i

/** How texts of that collation compare; undefined when that is not known. SQL Server ignores blanks at the end in all of them. */
export function textComparison(collation: string): TextComparison | undefined {
  if (/_bin2?(_|$)/i.test(collation)) return { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }
  if (!LATIN.test(collation)) return undefined
  return { by: 'language', caseSensitive: /_cs(_|$)/i.test(collation), ignoresTrailingBlanks: true }
}
