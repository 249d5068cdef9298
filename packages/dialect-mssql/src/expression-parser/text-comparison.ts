import type { TextComparison } from '@albackup/core'

/**
 * Collations in which the printable characters of ASCII keep to themselves; other languages equate some, as i and y. Those of SQL Server's
 * own with the name of a code page other than these are of its language: CP1254 is Turkish.
 */
const LATIN = /^(sql_latin1_general_(pref_)?cp(1|437|850)_|latin1_general_|bbf_unicode_)/i

/** In these the capital of i has a dot, also where texts compare by their characters. */
const DOTTED = /^(turkish|azeri)|_cp1254_/i

/** How texts of that collation compare; undefined when that is not known. SQL Server ignores blanks at the end in all of them. */
export function textComparison(collation: string): TextComparison | undefined {
  if (DOTTED.test(collation)) return undefined
  if (/_bin2?(_|$)/i.test(collation)) return { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }
  if (!LATIN.test(collation)) return undefined
  return { by: 'language', caseSensitive: /_cs(_|$)/i.test(collation), ignoresTrailingBlanks: true }
}
