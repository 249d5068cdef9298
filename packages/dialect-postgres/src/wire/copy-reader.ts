import { type AvroWriter, Input, type RowBlock, SourceError } from '@albackup/core'
import type { PlainDecoder } from './plain-decoder.ts'
import type { RowDecoder } from './row-decoder.ts'

/** Message types that the server sends (PostgreSQL protocol 3, "Message Formats"). */
const COPY_OUT_RESPONSE = 0x48
const COPY_DATA = 0x64
const COPY_DONE = 0x63
const ERROR_RESPONSE = 0x45

/** A message's type and its length, which counts itself. */
const MESSAGE_HEADER = 5

/** "PGCOPY\n\377\r\n\0", flags and length of the header extension (COPY, "Binary Format"). */
const HEADER_BYTES = 19
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/** The field count of the trailer. */
const TRAILER = -1

/**
 * Reads the messages of a binary `COPY … TO STDOUT`: the bytes of the socket go in, blocks of Avro rows come out. A CopyData message
 * from the server is always one row ("CopyData"); the header comes before the first row, in its message or in one of its own.
 */
export class CopyReader {
  /** No more rows come: what is left of the input is for others to read. */
  done = false
  rows = 0
  private readonly input: Input
  private readonly decoder: RowDecoder
  private readonly writer: AvroWriter
  private readonly plain: PlainDecoder | undefined
  private readonly onBlock: (block: RowBlock) => void
  private readonly onOther: (message: Buffer) => void
  private headerSeen = false
  private trailerSeen = false
  private discarding = false

  /** `onOther` gets whole messages that are not about rows, such as notices. */
  constructor(
    decoder: RowDecoder,
    writer: AvroWriter,
    onBlock: (block: RowBlock) => void,
    onOther: (message: Buffer) => void,
  ) {
    this.decoder = decoder
    this.plain = decoder.plain()
    this.input = new Input(this.plain?.input)
    this.writer = writer
    this.onBlock = onBlock
    this.onOther = onOther
  }

  /** Takes bytes of the socket. Throws a SourceError for rows that are not as they should be; it can go on after `discard`. */
  push(chunk: Uint8Array): void {
    const { input } = this
    input.append(chunk)
    while (!this.done && input.end - input.begin >= MESSAGE_HEADER) {
      const length = 1 + input.view.getInt32(input.begin + 1)
      if (input.end - input.begin < length) {
        input.expect(length)
        return
      }
      if (!this.readPlainRows()) this.readMessage(input.bytes[input.begin]!, input.begin, length)
    }
  }

  /** Rows that still come are thrown away. */
  discard(): void {
    this.discarding = true
  }

  /** What has arrived and is not read. */
  takeRest(): Buffer {
    const { input } = this
    const rest = Buffer.from(input.bytes.subarray(input.begin, input.end))
    input.begin = input.end
    return rest
  }

  /** Nothing more is pushed. */
  giveBackMemory(): void {
    this.plain?.giveBack()
  }

  /** The rows in front, as far as they are plain; false when there is none. */
  private readPlainRows(): boolean {
    if (this.plain === undefined || !this.headerSeen || this.discarding) return false
    const rows = this.plain.decode(this.input, this.writer)
    this.rows += rows
    if (this.writer.full) this.onBlock(this.writer.takeBlock())
    return rows > 0
  }

  private readMessage(type: number, begin: number, length: number): void {
    const { input } = this
    if (type === ERROR_RESPONSE) {
      this.done = true
      return
    }
    input.begin += length
    if (type === COPY_DATA) this.readData(begin + MESSAGE_HEADER, begin + length)
    else if (type === COPY_DONE) this.finish()
    else if (type !== COPY_OUT_RESPONSE) this.onOther(Buffer.from(input.bytes.subarray(begin, begin + length)))
  }

  private readData(messageBegin: number, end: number): void {
    if (this.discarding) return
    const { input } = this
    const begin = this.headerSeen ? messageBegin : this.readHeader(messageBegin, end)
    if (begin === end) return
    if (input.view.getInt16(begin) === TRAILER) {
      this.trailerSeen = true
      return
    }
    this.decoder.decode(input, begin, end)
    this.rows++
    if (this.writer.full) this.onBlock(this.writer.takeBlock())
  }

  private readHeader(begin: number, end: number): number {
    const header = this.input.bytes.subarray(begin, Math.min(end, begin + HEADER_BYTES))
    if (!SIGNATURE.equals(header)) throw new SourceError('the server sends rows in an unknown form')
    this.headerSeen = true
    return begin + HEADER_BYTES
  }

  private finish(): void {
    this.done = true
    if (this.discarding) return
    if (!this.trailerSeen) throw new SourceError('the rows end without a trailer')
    if (this.writer.rows > 0) this.onBlock(this.writer.takeBlock())
  }
}
