import { SourceError } from '@albackup/core'

/** Where values stand. */
export interface ValueBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

/** Writes the value that stands in `input.bytes` from `begin` to `end` as Avro; the union of a nullable column excepted. */
export type WriteValue = (input: ValueBytes, begin: number, end: number) => void

/** How the values of one column are written, and the most room a value takes: `wireLength * growth + overhead` bytes. */
export interface ValueDecoder {
  readonly write: WriteValue
  readonly growth: number
  readonly overhead: number
}

/** A variable-length integer and the branch of a union. */
const SMALL = 12

/** For values that take no more room than on the wire, a length or a few bytes excepted. */
export function compact(write: WriteValue): ValueDecoder {
  return { write, growth: 1, overhead: SMALL }
}

/** For values that may take `growth` bytes for each byte on the wire. */
export function growing(growth: number, write: WriteValue): ValueDecoder {
  return { write, growth, overhead: SMALL }
}

/** Refuses a value whose length is not that of its type: the stream is damaged, or not what we believe it is. */
export function requireLength(begin: number, end: number, length: number): void {
  if (end - begin !== length) throw wrongLength(end - begin, length)
}

function wrongLength(found: number, expected: number): SourceError {
  return new SourceError(`a value has ${found} bytes where its type has ${expected}`)
}
