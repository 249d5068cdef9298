import { codePage, ESCAPE, LEAD } from './code-page.ts'
import type { CodePageNumber } from './collation.ts'

/** Lead bytes of NEC's selection of IBM extensions in 932: Windows writes such characters the way IBM has them (FA, FB, FC). */
const NEC_SELECTION = [0xed, 0xee] as const

/** The characters of 950 with two pairs of which Windows writes the later one; of other characters, the first. */
const LATER_IN_950: ReadonlySet<number> = new Set([0x2550, 0x255e, 0x2561, 0x256a, 0x5341, 0x5345])

const loaded = new Map<CodePageNumber, Uint16Array>()

/**
 * For each UTF-16 code unit from U+0080 on its bytes in the page: one byte below 0x100, else `lead << 8 | trail`; 0 where there
 * is none. The inverse of the tables of code-page.ts: what was decoded from bytes gives them again; see docs/code-pages.md.
 */
export function codePageEncoding(number: CodePageNumber): Uint16Array {
  const known = loaded.get(number)
  if (known !== undefined) return known
  const table = encodingOf(number)
  loaded.set(number, table)
  return table
}

function encodingOf(number: CodePageNumber): Uint16Array {
  const { singles, pairs } = codePage(number)
  const table = new Uint16Array(0x10000)
  for (let byte = 0x80; byte < 0x100; byte++) {
    const unit = singles[byte]!
    // A lead byte by itself was kept as an escape as well.
    if (unit === LEAD) table[ESCAPE + byte] = byte
    else if (table[unit] === 0) table[unit] = byte
  }
  if (pairs !== null) addPairs(table, pairs, number)
  return table
}

function addPairs(table: Uint16Array, pairs: Uint16Array, number: CodePageNumber): void {
  const isLast = (lead: number) => number === 932 && NEC_SELECTION.some((one) => one === lead)
  const leads = Array.from({ length: 0x80 }, (_, i) => 0x80 + i)
  for (const lead of [...leads.filter((one) => !isLast(one)), ...leads.filter(isLast)]) {
    for (let code = lead << 8; code < (lead + 1) << 8; code++) {
      const unit = pairs[code]!
      if (unit === 0 || unit < 0x80) continue
      if (table[unit] === 0 || (number === 950 && LATER_IN_950.has(unit))) table[unit] = code
    }
  }
}
