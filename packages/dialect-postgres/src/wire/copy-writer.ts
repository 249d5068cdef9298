import { type BytesAndView, copyBytes, RowDigest, type RowFacts } from '@albackup/core'

/** The size a CopyData message is sent on at. */
export const MESSAGE_BYTES = 64 * 1024

/** Room for the row that makes a message full; one that needs more makes the buffer grow. */
const LAST_ROW_BYTES = 16 * 1024

/** A CopyData message begins with 'd' and an Int32 length that counts itself (PostgreSQL protocol 3, "Message Formats"). */
const MESSAGE_HEADER = 5
const COPY_DATA = 0x64

/** "PGCOPY\n\377\r\n\0", no flags, no header extension (COPY, "Binary Format"). */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/**
 * Writes rows in the binary form of COPY, in the very buffers that go to the socket.
 *
 * For speed only `reserve` looks at the room that is left. Between two calls an encoder may write up to `rowBound` bytes:
 * what a whole row takes without its values of variable length. Each of those is announced with `reserve(its length)`.
 */
export class CopyWriter {
  bytes: Buffer
  view: DataView
  offset = MESSAGE_HEADER
  private rowBegin = 0
  private readonly rowBound: number
  private rows = 0
  /** Absent: the rows are counted only. */
  private readonly digest: RowDigest | undefined
  private readonly spare: Buffer[]
  /** What the memory that was given is a part of. */
  private readonly given: ArrayBufferLike | undefined

  /** `memory`: to write messages to, each of `messageMemory` bytes. */
  constructor(rowBound: number, withDigest = true, memory: readonly Buffer[] = []) {
    this.rowBound = rowBound
    this.spare = [...memory]
    this.given = memory[0]?.buffer
    this.digest = withDigest ? new RowDigest() : undefined
    this.bytes = this.takeMemory()
    this.view = viewOf(this.bytes)
    this.writeRaw(SIGNATURE, 0, SIGNATURE.length)
  }

  /** Makes room for `length` bytes and all the values of fixed length that a row can have. */
  reserve(length: number): void {
    const needed = this.offset + length + this.rowBound
    if (needed > this.bytes.length) this.grow(needed)
  }

  beginRow(fields: number): void {
    this.reserve(0)
    this.rowBegin = this.offset
    this.view.setInt16(this.offset, fields)
    this.offset += 2
  }

  endRow(): void {
    this.rows++
    this.digest?.addRow(this.view, this.rowBegin, this.offset)
  }

  /** The field is NULL. */
  writeNull(): void {
    this.view.setInt32(this.offset, -1)
    this.offset += 4
  }

  writeByte(value: number): void {
    this.view.setInt32(this.offset, 1)
    this.bytes[this.offset + 4] = value
    this.offset += 5
  }

  writeInt16(value: number): void {
    this.view.setInt32(this.offset, 2)
    this.view.setInt16(this.offset + 4, value)
    this.offset += 6
  }

  writeInt32(value: number): void {
    this.view.setInt32(this.offset, 4)
    this.view.setInt32(this.offset + 4, value)
    this.offset += 8
  }

  /** The two halves of the two's complement, each signed or unsigned. */
  writeInt64(high: number, low: number): void {
    const { view, offset } = this
    view.setInt32(offset, 8)
    view.setInt32(offset + 4, high)
    view.setInt32(offset + 8, low)
    this.offset = offset + 12
  }

  /** The field is `source[begin..end)`; announce its length with `reserve` unless it is part of `rowBound`. */
  writeBytes(source: Uint8Array, begin: number, end: number): void {
    this.view.setInt32(this.offset, end - begin)
    this.offset += 4
    this.writeRaw(source, begin, end)
  }

  /** The same as `writeBytes`, faster. */
  writeBytesOf(source: BytesAndView, begin: number, end: number): void {
    this.view.setInt32(this.offset, end - begin)
    copyBytes(source, begin, end, this, this.offset + 4)
    this.offset += 4 + end - begin
  }

  /** Bytes within a field. */
  writeRaw(source: Uint8Array, begin: number, end: number): void {
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

  /** Rows that someone else has written up to `offset`; the digest is theirs alone. */
  wroteRows(rows: number, offset: number, digest: bigint): void {
    this.rows += rows
    this.offset = offset
    this.digest?.add({ rows, digest })
  }

  /** Enough is gathered for a message. */
  get full(): boolean {
    return this.offset >= MESSAGE_BYTES
  }

  /** The rows since the last call as one CopyData message. Give the buffer back to `recycle` when it is sent. */
  takeMessage(): Buffer {
    const message = this.bytes.subarray(0, this.offset)
    message[0] = COPY_DATA
    message.writeInt32BE(message.length - 1, 1)
    this.bytes = this.takeMemory()
    this.view = viewOf(this.bytes)
    this.offset = MESSAGE_HEADER
    return message
  }

  /** The last message: what is left, and the trailer. */
  takeLastMessage(): Buffer {
    this.reserve(0)
    this.view.setInt16(this.offset, -1)
    this.offset += 2
    return this.takeMessage()
  }

  /** Takes back a buffer that is sent, or grew out of use; one grown for a large row is let go. */
  recycle(message: Buffer): void {
    const { buffer, byteOffset } = message
    const usual = messageMemory(this.rowBound)
    if (buffer === this.given || buffer.byteLength === usual) this.spare.push(Buffer.from(buffer, byteOffset, usual))
  }

  get facts(): RowFacts {
    return { rows: this.rows, digest: this.digest?.digest ?? 0n }
  }

  private takeMemory(): Buffer {
    return this.spare.pop() ?? Buffer.allocUnsafeSlow(messageMemory(this.rowBound))
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(this.bytes.length * 2, needed + (8 << 20))))
    this.bytes.copy(larger, 0, 0, this.offset)
    this.recycle(this.bytes)
    this.bytes = larger
    this.view = viewOf(larger)
  }
}

/** The bytes of a message's memory. */
export function messageMemory(rowBound: number): number {
  return MESSAGE_BYTES + rowBound + LAST_ROW_BYTES
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
