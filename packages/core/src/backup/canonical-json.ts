import { createHash } from 'node:crypto'

/** JSON with sorted keys, two blanks of indentation and a line end: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`
}

const CHECKSUM = /^ {2}"checksum": "([0-9a-f]{64})",?$/m
const NO_CHECKSUM = '0'.repeat(64)

/** Canonical JSON of an object with one more key, `checksum`: the SHA-256 of the text in which it is 64 zeros. */
export function sealJson(value: object): string {
  const text = canonicalJson({ ...value, checksum: NO_CHECKSUM })
  return text.replace(CHECKSUM, (line) => line.replace(NO_CHECKSUM, sha256(text)))
}

/** Whether the text is exactly as `sealJson` wrote it. */
export function sealHolds(text: string): boolean {
  const found = CHECKSUM.exec(text)?.[1]
  return found !== undefined && sha256(text.replace(CHECKSUM, (line) => line.replace(found, NO_CHECKSUM))) === found
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
