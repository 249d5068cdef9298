/**
 * Reads little-endian values from bytes that may not have arrived whole: reading beyond the end gives zeros and sets
 * `overrun`, so that a caller reads a whole token and asks once.
 */
export class ByteCursor {
  offset: number
  overrun = false
  private readonly bytes: Buffer
  private readonly end: number

  constructor(bytes: Buffer, begin: number, end: number) {
    this.bytes = bytes
    this.offset = begin
    this.end = end
  }

  uint8(): number {
    return this.take(1) ? this.bytes[this.offset - 1]! : 0
  }

  uint16(): number {
    return this.take(2) ? this.bytes.readUInt16LE(this.offset - 2) : 0
  }

  int32(): number {
    return this.take(4) ? this.bytes.readInt32LE(this.offset - 4) : 0
  }

  uint32(): number {
    return this.take(4) ? this.bytes.readUInt32LE(this.offset - 4) : 0
  }

  /** Exact up to 2^53. */
  uint64(): number {
    const low = this.uint32()
    return low + this.uint32() * 4294967296
  }

  /** A copy. */
  copy(length: number): Buffer {
    return this.take(length) ? Buffer.from(this.bytes.subarray(this.offset - length, this.offset)) : Buffer.alloc(0)
  }

  /** UTF-16 of `characters` code units. */
  text(characters: number): string {
    const length = characters * 2
    return this.take(length) ? this.bytes.toString('utf16le', this.offset - length, this.offset) : ''
  }

  /** B_VARCHAR: a byte that counts code units, and the code units. */
  shortText(): string {
    return this.text(this.uint8())
  }

  /** US_VARCHAR: two bytes that count code units, and the code units. */
  longText(): string {
    return this.text(this.uint16())
  }

  skip(length: number): void {
    this.take(length)
  }

  private take(length: number): boolean {
    if (this.overrun || this.offset + length > this.end) {
      this.overrun = true
      return false
    }
    this.offset += length
    return true
  }
}
