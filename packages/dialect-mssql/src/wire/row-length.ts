import { CannotCarryError, type Input } from '@albackup/core'
import { FRAMING } from './protocol.ts'

/** Positions are 32-bit; a buffer of Node 20 holds 4 GiB. */
const LONGEST_ROW = 0x7fffffff

/**
 * Finds how long a row is without decoding it, so that decoding needs no check of bounds. A row that has not arrived whole
 * is taken up again where the scan had to stop: no byte is looked at twice, however many packets a value comes in.
 */
export class RowLength {
  /** How long the row's token will at least be, as far as is known when it has not arrived whole. */
  expected = 0
  private readonly framings: Int8Array
  private column = 0
  private at = 0
  private bitmapAt = 0
  private inParts = false

  /** `framings`: a length or one of FRAMING for each column. */
  constructor(framings: Int8Array) {
    this.framings = framings
  }

  /** Begins at the first byte behind the token's type. */
  beginRow(withNullBitmap: boolean): void {
    this.expected = 0
    this.column = 0
    this.at = 1
    this.bitmapAt = withNullBitmap ? 1 : 0
    this.inParts = false
    if (withNullBitmap) this.at += (this.framings.length + 7) >> 3
  }

  /** The length of the row's token, or -1 when it has not arrived whole. */
  scan(input: Input): number {
    const { framings, bitmapAt } = this
    const { bytes, begin: base } = input
    const limit = input.end - base
    let at = this.at
    if (at > limit) return -1
    for (let i = this.column; i < framings.length; i++) {
      if (bitmapAt !== 0 && ((bytes[base + bitmapAt + (i >> 3)]! >> (i & 7)) & 1) === 1) continue
      const framing = framings[i]!
      if (framing > 0) at += framing
      else if (framing === FRAMING.BYTE_LENGTH) {
        if (at >= limit) return this.stop(i, at)
        at += 1 + bytes[base + at]!
      } else if (framing === FRAMING.SHORT_LENGTH) {
        if (at + 2 > limit) return this.stop(i, at)
        const length = bytes[base + at]! | (bytes[base + at + 1]! << 8)
        at += length === 0xffff ? 2 : 2 + length
      } else {
        at = this.scanLong(input, i, at, limit)
        if (at < 0) return -1
      }
    }
    return at > limit ? this.stop(framings.length, at) : at
  }

  private stop(column: number, at: number): -1 {
    if (at > LONGEST_ROW) throw new CannotCarryError('a row is longer than 2 GiB')
    this.column = column
    this.at = at
    if (at > this.expected) this.expected = at
    return -1
  }

  private scanLong(input: Input, column: number, at: number, limit: number): number {
    const framing = this.framings[column]
    if (framing === FRAMING.PARTS) return this.scanParts(input, column, at, limit)
    if (framing === FRAMING.LONG_LENGTH) {
      return at + 4 > limit ? this.stop(column, at) : at + 4 + input.view.getUint32(input.begin + at, true)
    }
    return this.scanTextPointer(input, column, at, limit)
  }

  /** A text pointer and its length, a time stamp of 8 bytes, then the length of the data: [MS-TDS] 2.2.7.19. */
  private scanTextPointer(input: Input, column: number, at: number, limit: number): number {
    if (at >= limit) return this.stop(column, at)
    const pointer = input.bytes[input.begin + at]!
    if (pointer === 0) return at + 1
    const dataAt = at + 1 + pointer + 8 + 4
    if (dataAt > limit) return this.stop(column, at)
    return dataAt + input.view.getUint32(input.begin + dataAt - 4, true)
  }

  private scanParts(input: Input, column: number, begin: number, limit: number): number {
    let at = begin
    if (!this.inParts) {
      if (at + 8 > limit) return this.stop(column, at)
      const low = input.view.getUint32(input.begin + at, true)
      const high = input.view.getUint32(input.begin + at + 4, true)
      at += 8
      if (high === 0xffffffff && low === 0xffffffff) return at
      this.inParts = true
      // The total is a hint, and 2^64-2 says that it is not known.
      if (high === 0 && at + low <= LONGEST_ROW) this.expected = at + low
    }
    for (;;) {
      if (at + 4 > limit) return this.stop(column, at)
      const length = input.view.getUint32(input.begin + at, true)
      at += 4 + length
      if (length === 0) {
        this.inParts = false
        return at
      }
    }
  }
}
