import { constants } from 'node:buffer'
import { CannotCarryError } from '../errors.ts'
import { BLOCK_BYTES, takeBlockMemory } from './block-memory.ts'
import { type BytesAndView, copyBytes } from './copy-bytes.ts'
import { RowDigest } from './digest.ts'
import type { RowBlock, RowFacts } from './row-block.ts'

/** What a length of 32 bits can say; no value in the block is longer, and hashes and files take it in one piece. */
const LONGEST_BLOCK = 0x7fffffff

/** The most bytes a variable-length integer takes. */
const LONGEST_VARINT = 10

/**
 * Writes rows as Avro binary (Avro 1.11 specification, "Binary Encoding") at a cursor.
 *
 * For speed no write checks the room that is left: call `reserve` with an upper bound first, best once for a whole row.
 * `bytes`, `view` and `offset` are open so that a decoder may put bytes straight in place; `bytes` changes at `reserve`
 * and `takeBlock`.
 *
 * A value of a nullable column is `writeNull()`, or `writePresent()` and then the value.
 */
export class AvroWriter {
  bytes: Buffer
  view: DataView
  offset = 0
  private rowBegin = 0
  private digest = new RowDigest()

  private readonly blockBytes: number

  constructor(blockBytes: number = BLOCK_BYTES) {
    this.blockBytes = blockBytes
    this.bytes = takeBlockMemory(blockBytes)
    this.view = viewOf(this.bytes)
  }

  /** Makes room for `length` more bytes. */
  reserve(length: number): void {
    if (this.offset + length > this.bytes.length) this.grow(this.offset + length)
  }

  /** The first branch of the union ["null", T]. */
  writeNull(): void {
    this.bytes[this.offset++] = 0
  }

  /** The second branch of the union ["null", T]; T's value follows. */
  writePresent(): void {
    this.bytes[this.offset++] = 2
  }

  writeBoolean(value: boolean): void {
    this.bytes[this.offset++] = value ? 1 : 0
  }

  /** An Avro int, or a long that fits 32 bits: -2^31 to 2^31-1. */
  writeInt(value: number): void {
    const bytes = this.bytes
    let at = this.offset
    let rest = ((value << 1) ^ (value >> 31)) >>> 0
    while (rest >= 0x80) {
      bytes[at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    bytes[at++] = rest
    this.offset = at
  }

  /** An Avro long from the two 32-bit halves of its two's complement; each half signed or unsigned. */
  writeLong(low: number, high: number): void {
    const lowBits = low | 0
    const highBits = high | 0
    if (highBits === lowBits >> 31) {
      this.writeInt(lowBits)
      return
    }
    const bytes = this.bytes
    let at = this.offset
    const sign = highBits >> 31
    let zigzagLow = ((lowBits << 1) ^ sign) >>> 0
    let zigzagHigh = (((highBits << 1) | (lowBits >>> 31)) ^ sign) >>> 0
    while (zigzagHigh !== 0 || zigzagLow >= 0x80) {
      bytes[at++] = (zigzagLow & 0x7f) | 0x80
      zigzagLow = ((zigzagLow >>> 7) | (zigzagHigh << 25)) >>> 0
      zigzagHigh >>>= 7
    }
    bytes[at++] = zigzagLow
    this.offset = at
  }

  /** An Avro long from an integer that a JS number holds exactly. */
  writeSafeLong(value: number): void {
    const high = Math.floor(value / 4294967296)
    this.writeLong(value - high * 4294967296, high)
  }

  /** An Avro long from a bigint: -2^63 to 2^63-1. */
  writeBigLong(value: bigint): void {
    this.writeLong(Number(value & 0xffffffffn), Number(BigInt.asIntN(32, value >> 32n)))
  }

  writeFloat(value: number): void {
    this.view.setFloat32(this.offset, value, true)
    this.offset += 4
  }

  writeDouble(value: number): void {
    this.view.setFloat64(this.offset, value, true)
    this.offset += 8
  }

  /** Bytes with their length in front: Avro bytes, or a string in UTF-8. */
  writeBytes(source: Uint8Array, begin = 0, end = source.length): void {
    this.writeInt(end - begin)
    this.writeFixed(source, begin, end)
  }

  /** The same, faster for short values. */
  writeBytesOf(source: BytesAndView, begin: number, end: number): void {
    this.writeInt(end - begin)
    this.writeFixedOf(source, begin, end)
  }

  /** The same as `writeFixed`, faster for short values. */
  writeFixedOf(source: BytesAndView, begin: number, end: number): void {
    copyBytes(source, begin, end, this, this.offset)
    this.offset += end - begin
  }

  /** Bytes as they are. */
  writeFixed(source: Uint8Array, begin = 0, end = source.length): void {
    const length = end - begin
    if (length < 24) {
      const bytes = this.bytes
      let at = this.offset
      for (let i = begin; i < end; i++) bytes[at++] = source[i]!
    } else {
      this.bytes.set(begin === 0 && end === source.length ? source : source.subarray(begin, end), this.offset)
    }
    this.offset += length
  }

  /**
   * A decimal's unscaled value as Avro bytes: the shortest big-endian two's complement.
   * `magnitude[begin..end)` is its absolute value, least significant byte first; zero is one byte 0.
   */
  writeDecimal(negative: boolean, magnitude: Uint8Array, begin: number, end: number): void {
    let top = end - 1
    while (top > begin && magnitude[top] === 0) top--
    const topByte = magnitude[top]!
    const bytes = this.bytes
    if (!negative) {
      const extra = topByte >= 0x80 ? 1 : 0
      this.writeInt(top - begin + 1 + extra)
      let at = this.offset
      if (extra === 1) bytes[at++] = 0
      for (let i = top; i >= begin; i--) bytes[at++] = magnitude[i]!
      this.offset = at
      return
    }
    // -2^(8n-1) needs no extra byte: 0x80 00 … 00 is its own two's complement.
    const extra = topByte > 0x80 || (topByte === 0x80 && !allZero(magnitude, begin, top)) ? 1 : 0
    this.writeInt(top - begin + 1 + extra)
    let at = this.offset
    if (extra === 1) bytes[at++] = 0xff
    let carry = 1
    for (let i = begin, to = at + top - begin; i <= top; i++, to--) {
      const sum = (~magnitude[i]! & 0xff) + carry
      bytes[to] = sum & 0xff
      carry = sum >> 8
    }
    this.offset = at + top - begin + 1
  }

  /** Ends a row: all bytes since the last `endRow` are its values. Throws a CannotCarryError when they are too many. */
  endRow(): void {
    if (this.offset > LONGEST_BLOCK) throw tooLong()
    this.digest.addRow(this.view, this.rowBegin, this.offset)
    this.rowBegin = this.offset
  }

  /** Rows that someone else has written, between two of this writer's own. */
  appendRows(rows: Uint8Array, facts: RowFacts): void {
    this.reserve(rows.length)
    this.bytes.set(rows, this.offset)
    this.offset += rows.length
    this.rowBegin = this.offset
    this.digest.add(facts)
  }

  /** So many bytes are missing until it is full. */
  get untilFull(): number {
    return Math.max(0, this.blockBytes - this.rowBegin)
  }

  /** Whole rows waiting to be taken have reached the size of a block. */
  get full(): boolean {
    return this.rowBegin >= this.blockBytes
  }

  /** Rows written since the last `takeBlock`. */
  get rows(): number {
    return this.digest.rows
  }

  /** The rows so far as one block, and begins a new one. Call it between rows, and only when `rows` is above 0. */
  takeBlock(): RowBlock {
    const block = { rows: this.digest.rows, bytes: this.bytes.subarray(0, this.offset), digest: this.digest.digest }
    this.bytes = takeBlockMemory(this.blockBytes)
    this.view = viewOf(this.bytes)
    this.offset = 0
    this.rowBegin = 0
    this.digest = new RowDigest()
    return block
  }

  private grow(needed: number): void {
    if (needed > constants.MAX_LENGTH) throw tooLong()
    const larger = Buffer.allocUnsafeSlow(
      Math.max(needed, Math.min(this.bytes.length * 2, this.bytes.length + (64 << 20))),
    )
    this.bytes.copy(larger, 0, 0, this.offset)
    this.bytes = larger
    this.view = viewOf(larger)
  }
}

/** An upper bound of what a string of `characters` UTF-16 code units takes, its length included. */
export function utf8Bound(characters: number): number {
  return characters * 3 + LONGEST_VARINT
}

function tooLong(): CannotCarryError {
  return new CannotCarryError('a row is longer than 2 GiB, or may become so as UTF-8')
}

function allZero(bytes: Uint8Array, begin: number, end: number): boolean {
  for (let i = begin; i < end; i++) if (bytes[i] !== 0) return false
  return true
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
