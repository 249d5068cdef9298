import type { AvroReader } from '@albackup/core'
import type { CopyWriter } from './copy-writer.ts'
import type { PlainForm } from './plain-columns.ts'

/** Reads one value that is not null from Avro bytes and writes it as one field (two with a companion column). */
export type Encode = (from: AvroReader, to: CopyWriter) => void

export interface Encoder {
  readonly encode: Encode
  /** How many fields it writes. */
  readonly fields: 0 | 1 | 2
  /** The most bytes it writes without announcing them to the writer. */
  readonly bound: number
  /** How PlainEncoder writes its values where nothing is unusual about them; absent: it cannot. */
  readonly plain?: PlainForm
}

/** What an encoder tells about values that PostgreSQL cannot hold as they are. */
export interface ColumnLosses {
  /**
   * Counts a value of the given kind, which begins at `valueBegin` in the reader's bytes. Throws a DataError when the policy
   * is not to carry such values.
   */
  count(kind: LossKind, from: AvroReader, valueBegin: number): void
  /** A CannotCarryError that names the column, for a value that no policy can carry. */
  refuse(reason: string): Error
}

export type LossKind =
  | 'nul-character'
  | 'lone-surrogate'
  | 'seventh-digit'
  | 'offset'
  | 'time-of-day'
  | 'no-hierarchyid'

/** The end of a value of `length` bytes at the cursor. Throws a RangeError when the block ends before. */
export function endOfValue(from: AvroReader, length: number): number {
  const end = from.offset + length
  if (length >= 0 && end <= from.end) return end
  throw new RangeError(`a value of ${length} bytes at ${from.offset} runs beyond its block of ${from.end} bytes`)
}
