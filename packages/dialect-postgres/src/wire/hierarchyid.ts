/**
 * SQL Server's hierarchyid, an OrdPath: each number has a prefix that tells its range and how many bits follow, ordered so that
 * paths compare as their bytes do. A number ends a level, or is one of several of a level, as in /1/2.5/; such a one is stored
 * as the number after it, so that it sorts behind the whole level.
 */
export type HierarchyPath = readonly (readonly bigint[])[]

/** 0 and 1 as they stand; x: the bits of the number above `first`, highest first; T: 1 where the level ends. */
const PATTERNS = [
  { first: -281479271682120n, bits: '000100xxxxxxxxxxxxxx0xxxxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxxT' },
  { first: -4294971464n, bits: '000101xxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxxT' },
  { first: -4168n, bits: '000110xxxxx0xxx0x1xxxT' },
  { first: -72n, bits: '0010xx0x1xxxT' },
  { first: -8n, bits: '00111xxxT' },
  { first: 0n, bits: '01xxT' },
  { first: 4n, bits: '100xxT' },
  { first: 8n, bits: '101xxxT' },
  { first: 16n, bits: '110xx0x1xxxT' },
  { first: 80n, bits: '1110xxx0xxx0x1xxxT' },
  { first: 1104n, bits: '11110xxxxx0xxx0x1xxxT' },
  { first: 5200n, bits: '111110xxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxxT' },
  { first: 4294972496n, bits: '111111xxxxxxxxxxxxxx0xxxxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxxT' },
].map(({ first, bits }) => ({ first, bits, count: 1n << BigInt(bits.replaceAll(/[^x]/g, '').length) }))

/** The levels of a path; undefined when the bytes are none, or not those that SQL Server writes for it. */
export function readHierarchyId(bytes: Uint8Array): HierarchyPath | undefined {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const levels: bigint[][] = []
  let level: bigint[] = []
  for (let at = 0; /1/.test(bits.slice(at)); ) {
    const found = readNumber(bits, at)
    if (found === undefined) return undefined
    level.push(found.ends ? found.stored : found.stored - 1n)
    at += found.length
    if (found.ends) {
      levels.push(level)
      level = []
    }
  }
  return level.length === 0 && Buffer.from(bytes).equals(writeHierarchyId(levels)) ? levels : undefined
}

/** The bytes of a path whose numbers are within 48 bits. Throws a RangeError. */
export function writeHierarchyId(path: HierarchyPath): Buffer {
  const bits = path
    .map((level) => level.map((number, i) => numberBits(number, i === level.length - 1)).join(''))
    .join('')
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)))
}

/** As SQL Server writes it: `/1/2.5/`; the root is `/`. */
export function hierarchyText(path: HierarchyPath): string {
  return `/${path.map((level) => `${level.join('.')}/`).join('')}`
}

/** As an ltree: `1.2_5`; a minus is an m, since labels had none before PostgreSQL 16. The root is empty. */
export function hierarchyLabels(path: HierarchyPath): string {
  return path.map((level) => level.join('_').replaceAll('-', 'm')).join('.')
}

function readNumber(bits: string, at: number) {
  for (const { first, bits: pattern } of PATTERNS) {
    const piece = bits.slice(at, at + pattern.length)
    const fits =
      piece.length === pattern.length && [...pattern].every((wanted, i) => 'xT'.includes(wanted) || wanted === piece[i])
    if (!fits) continue
    const value = [...piece].filter((_, i) => pattern[i] === 'x').join('')
    return { stored: first + BigInt(`0b${value}`), ends: piece.endsWith('1'), length: pattern.length }
  }
  return undefined
}

function numberBits(number: bigint, ends: boolean): string {
  const stored = ends ? number : number + 1n
  const pattern = PATTERNS.find(({ first, count }) => stored >= first && stored < first + count)
  if (pattern === undefined) throw new RangeError(`${number} is beyond the numbers of a hierarchyid`)
  const width = pattern.count.toString(2).length - 1
  const value = [...(stored - pattern.first).toString(2).padStart(width, '0')]
  return pattern.bits.replaceAll(/[xT]/g, (place) => (place === 'T' ? (ends ? '1' : '0') : value.shift()!))
}
