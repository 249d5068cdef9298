import type { AvroReader } from '@albackup/core'
import type { TdsWriter } from './tds-writer.ts'
import type { LossKind } from './value-encoder.ts'

/** Turns the UTF-8 of a backup (or bytes) into the bytes that a column keeps. */
export interface Transcoder {
  /** No byte becomes more than so many. */
  readonly growth: 1 | 2
  /**
   * Writes `from.bytes[begin..end)`, whole characters, for which there is room. False when one of them has no place in the
   * column; what was written then has no meaning.
   */
  write(from: AvroReader, begin: number, end: number, to: TdsWriter): boolean
  /** The text with something in the place of each character that has none; absent when there are no such characters. */
  readonly clean?: (text: Uint8Array) => Buffer
  /** What `clean` takes care of. */
  readonly lossKind?: LossKind
}

/** For values that go over as they are. */
export const COPY: Transcoder = {
  growth: 1,
  write(from, begin, end, to) {
    to.writeBytes(from.bytes, begin, end)
    return true
  },
}
