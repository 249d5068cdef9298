import { CannotCarryError } from '@albackup/core'

/** A code page's number, or 65001 for UTF-8. */
export type CodePageNumber = number

export const UTF8: CodePageNumber = 65001

const UTF8_FLAG = 0x40

/** The language of an LCID (its low 16 bits) and the code page its collations store char and varchar in: [MS-UCODEREF], [MS-LCID]. */
const PAGE_OF_LANGUAGE = pages([
  [874, 0x041e],
  [932, 0x0411],
  [936, 0x0804],
  [949, 0x0412],
  [950, 0x0404, 0x0c04, 0x1404],
  [1250, 0x0405, 0x040e, 0x0415, 0x0418, 0x041a, 0x041b, 0x041c, 0x0424, 0x0442, 0x081a, 0x141a],
  [1251, 0x0419, 0x0422, 0x042f, 0x043f, 0x0444, 0x046d, 0x0485, 0x082c, 0x0c1a, 0x201a],
  [
    1252, 0x0406, 0x0407, 0x0409, 0x040a, 0x040b, 0x040c, 0x040f, 0x0410, 0x0413, 0x0414, 0x0416, 0x0417, 0x042e,
    0x0437,
  ],
  [1252, 0x043b, 0x0452, 0x0462, 0x047a, 0x047c, 0x047e, 0x0483, 0x0816, 0x083b, 0x085f, 0x0c0a],
  [1253, 0x0408],
  [1254, 0x041f, 0x042c, 0x0443],
  [1255, 0x040d],
  [1256, 0x0401, 0x0420, 0x0429, 0x0480, 0x048c],
  [1257, 0x0425, 0x0426, 0x0427, 0x0827],
  [1258, 0x042a],
])

/** The sort order of an SQL_ collation and its code page: [MS-TDS] 2.2.5.1.2. */
const PAGE_OF_SORT_ORDER = pages([
  [437, ...range(30, 34)],
  [850, ...range(40, 44), 49, ...range(55, 61)],
  [1252, ...range(50, 54), ...range(71, 75), ...range(183, 186), ...range(210, 217)],
  [1250, ...range(80, 96)],
  [1251, ...range(104, 108)],
  [1253, ...range(112, 114), ...range(120, 122), 124],
  [1254, ...range(128, 130)],
  [1255, ...range(136, 138)],
  [1256, ...range(144, 146)],
  [1257, ...range(152, 160)],
  [932, ...range(192, 193), 200],
  [949, ...range(194, 195), 201],
  [950, ...range(196, 197), 202],
  [936, ...range(198, 199), 203],
  [874, ...range(204, 206)],
])

/**
 * The code page in which a collation's char and varchar values travel, from the 5 bytes of COLLATION ([MS-TDS]
 * 2.2.5.1.2): an LCID of 20 bits, flags of 8 and a version of 4, then the sort order.
 */
export function codePageOfCollation(collation: Uint8Array): CodePageNumber {
  const language = collation[0]! | (collation[1]! << 8)
  const flags = (collation[2]! >> 4) | ((collation[3]! & 0x0f) << 4)
  const sortOrder = collation[4]!
  if ((flags & UTF8_FLAG) !== 0) return UTF8
  const page = sortOrder === 0 ? PAGE_OF_LANGUAGE.get(language) : PAGE_OF_SORT_ORDER.get(sortOrder)
  if (page !== undefined) return page
  throw new CannotCarryError(`no code page is known for the collation ${formatCollation(collation)}`, {
    hint: 'Please report this collation; until then, convert the column to nvarchar.',
  })
}

/** The 5 bytes as they stand in the type of a variant: `0x0904d00034`. */
export function formatCollation(collation: Uint8Array): string {
  return `0x${Buffer.from(collation).toString('hex')}`
}

function pages(rows: readonly (readonly [CodePageNumber, ...number[]])[]): ReadonlyMap<number, CodePageNumber> {
  return new Map(rows.flatMap(([page, ...keys]) => keys.map((key) => [key, page] as const)))
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
