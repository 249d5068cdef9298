/**
 * Reads Avro binary at a cursor; the twin of AvroWriter. Reading beyond `end` gives undefined results on the fast path:
 * the file's hash has been checked before, and a caller checks `offset` against `end` after each row.
 */
export class AvroReader {
  readonly bytes: Buffer
  readonly view: DataView
  readonly end: number
  offset = 0
  /** The low half, signed, of the long that `readLong` read. */
  low = 0
  /** The high half, signed, of the long that `readLong` read. */
  high = 0

  constructor(source: Uint8Array) {
    this.bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    this.view = new DataView(source.buffer, source.byteOffset, source.byteLength)
    this.end = source.byteLength
  }

  /** The branch of the union ["null", T]: true when T's value follows. */
  readPresent(): boolean {
    return this.bytes[this.offset++] !== 0
  }

  readBoolean(): boolean {
    return this.bytes[this.offset++] !== 0
  }

  /** An Avro int. */
  readInt(): number {
    const bytes = this.bytes
    let at = this.offset
    let byte = bytes[at++]!
    let zigzag = byte & 0x7f
    for (let shift = 7; byte >= 0x80 && shift < 35; shift += 7) {
      byte = bytes[at++]!
      zigzag |= (byte & 0x7f) << shift
    }
    this.offset = at
    return (zigzag >>> 1) ^ -(zigzag & 1)
  }

  /** An Avro long, left in `low` and `high`. */
  readLong(): void {
    const bytes = this.bytes
    let at = this.offset
    let low = 0
    let high = 0
    let shift = 0
    let byte: number
    do {
      byte = bytes[at++]!
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high = bits >>> 4
      } else high |= bits << (shift - 32)
      shift += 7
    } while (byte >= 0x80 && shift < 70)
    this.offset = at
    const sign = -(low & 1)
    this.low = ((low >>> 1) | (high << 31)) ^ sign
    this.high = (high >>> 1) ^ sign
  }

  readBigLong(): bigint {
    this.readLong()
    return (BigInt(this.high) << 32n) | BigInt(this.low >>> 0)
  }

  readFloat(): number {
    this.offset += 4
    return this.view.getFloat32(this.offset - 4, true)
  }

  readDouble(): number {
    this.offset += 8
    return this.view.getFloat64(this.offset - 8, true)
  }

  /** Avro bytes or a string's UTF-8, not copied. */
  readBytes(): Buffer {
    const length = this.readInt()
    return this.readFixed(length)
  }

  /** `length` bytes as they are, not copied. */
  readFixed(length: number): Buffer {
    this.offset += length
    return this.bytes.subarray(this.offset - length, this.offset)
  }
}
