import type { AvroReader } from '@albackup/core'
import type { TdsWriter } from './tds-writer.ts'

/** Reads one value that is not null from Avro bytes and writes it with its length, the way a row holds it. */
export type EncodeValue = (from: AvroReader, to: TdsWriter) => void

export interface ValueEncoder {
  readonly encode: EncodeValue
  /** The most bytes it writes without announcing them to the writer. */
  readonly bound: number
  /**
   * For values of any length: writes as `encode` does, and yields whenever the writer is full, so that it can be emptied.
   * The cursor stands before the length of the value.
   */
  readonly encodeLong?: (from: AvroReader, to: TdsWriter) => Iterable<void>
}

export type LossKind =
  /** A character that the code page of the column does not have. */
  | 'unmappable-character'
  /** Half of a UTF-16 pair in a column of UTF-8. */
  | 'lone-surrogate'
  | 'too-long'
  /** NaN and the infinities. */
  | 'not-a-number'
  | 'out-of-range'
  | 'rounded'
  /** Other than midnight, of what becomes a day. */
  | 'time-of-day'

/** What the encoder of a column tells about values that the column does not hold as they are. */
export interface ColumnReport {
  /** A date or time that the server has not got becomes the nearest that it has. */
  readonly clamps: boolean
  /** Counts a value of the given kind, which begins at `valueBegin` in the reader's bytes. */
  count(kind: LossKind, from: AvroReader, valueBegin: number): void
  /** Where the row has `from.bytes[begin..end)`, these bytes are what will be read back. */
  changed(begin: number, end: number, bytes: Uint8Array): void
  /** The value of the kind that begins at `valueBegin` and ends at the cursor becomes NULL; throws a CannotCarryError when it cannot. */
  becomesNull(kind: LossKind, from: AvroReader, valueBegin: number): void
  /** A CannotCarryError that names the column, for a value that it cannot hold. */
  refuse(reason: string): Error
  /** The same for values of that kind at all. */
  cannotHold(kind: string): Error
}

/** The end of a value of `length` bytes at the cursor. Throws a RangeError when the block ends before. */
export function endOfValue(from: AvroReader, length: number): number {
  const end = from.offset + length
  if (length >= 0 && end <= from.end) return end
  throw new RangeError(`a value of ${length} bytes at ${from.offset} runs beyond its block of ${from.end} bytes`)
}
