/** The size at which what is written is sent on. */
const PIECE_BYTES = 64 * 1024

/** Room for the row that makes a piece full; one that needs more makes the buffer grow. */
const LAST_ROW_BYTES = 16 * 1024

/**
 * Writes rows of a bulk load at a cursor, little-endian, in the very buffers that are handed to the connection.
 *
 * For speed only `reserve` looks at the room that is left. Between two calls an encoder may write up to `rowBound` bytes: what
 * a whole row takes without its values of variable length. Each of those is announced with `reserve(its length)`.
 */
export class TdsWriter {
  bytes: Buffer
  view: DataView
  offset = 0
  private readonly rowBound: number

  constructor(rowBound: number) {
    this.rowBound = rowBound
    this.bytes = this.allocate()
    this.view = viewOf(this.bytes)
  }

  /** Makes room for `length` bytes and all the values of fixed length that a row can have. */
  reserve(length: number): void {
    const needed = this.offset + length + this.rowBound
    if (needed > this.bytes.length) this.grow(needed)
  }

  writeByte(value: number): void {
    this.bytes[this.offset++] = value
  }

  writeUint16(value: number): void {
    this.view.setUint16(this.offset, value, true)
    this.offset += 2
  }

  /** Signed or unsigned. */
  writeInt32(value: number): void {
    this.view.setInt32(this.offset, value, true)
    this.offset += 4
  }

  /** Bytes as they are. */
  writeBytes(source: Uint8Array, begin = 0, end = source.length): void {
    const length = end - begin
    if (length < 24) {
      const bytes = this.bytes
      let at = this.offset
      for (let i = begin; i < end; i++) bytes[at++] = source[i]!
    } else {
      this.bytes.set(source.subarray(begin, end), this.offset)
    }
    this.offset += length
  }

  /** The same byte, `count` times. */
  fill(byte: number, count: number): void {
    const end = this.offset + count
    for (let at = this.offset; at < end; at++) this.bytes[at] = byte
    this.offset = end
  }

  /** Enough is gathered to be sent on. */
  get full(): boolean {
    return this.offset >= PIECE_BYTES
  }

  /** What was written since the last call; the receiver owns it. */
  take(): Buffer {
    const piece = this.bytes.subarray(0, this.offset)
    this.bytes = this.allocate()
    this.view = viewOf(this.bytes)
    this.offset = 0
    return piece
  }

  private allocate(): Buffer {
    return Buffer.allocUnsafeSlow(PIECE_BYTES + this.rowBound + LAST_ROW_BYTES)
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(this.bytes.length * 2, needed + (8 << 20))))
    this.bytes.copy(larger, 0, 0, this.offset)
    this.bytes = larger
    this.view = viewOf(larger)
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
