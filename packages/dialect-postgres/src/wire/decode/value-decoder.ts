import { type Input, SourceError } from '@albackup/core'
import type { PlainForm } from '../plain-columns.ts'

/** Writes the value that stands in `input.bytes` from `begin` to `end` as Avro; the union of a nullable column excepted. */
export type WriteValue = (input: Input, begin: number, end: number) => void

export interface ValueDecoder {
  readonly write: WriteValue
  /** A value takes at most as many bytes as on the wire, its length included, and these. */
  readonly overhead: number
  /** How PlainDecoder writes its values where nothing is unusual about them; absent: it cannot. */
  readonly plain?: PlainForm
}

/** A variable-length integer and the branch of a union. */
const SMALL = 12

/** `extra`: the bytes a value may take beyond those of the wire and a length. */
export function decoder(write: WriteValue, plain?: PlainForm, extra = 0): ValueDecoder {
  return { write, overhead: SMALL + extra, ...(plain && { plain }) }
}

/** Refuses a value whose length is not that of its type: the table is not what the model says. */
export function requireLength(begin: number, end: number, length: number): void {
  if (end - begin !== length) throw wrongLength(end - begin, length)
}

function wrongLength(found: number, expected: number): SourceError {
  return new SourceError(`a value has ${found} bytes where its type has ${expected}`, {
    hint: 'Was the table changed while it was dumped? Dump again.',
  })
}
