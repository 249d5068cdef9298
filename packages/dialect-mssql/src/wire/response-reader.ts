import { type AvroWriter, type Column, Input, type RowBlock, SourceError } from '@albackup/core'
import { ServerError } from '../server-errors.ts'
import { ByteCursor } from './byte-cursor.ts'
import { readColumnMetadata } from './column-metadata.ts'
import { DONE, TOKEN } from './protocol.ts'
import { RowDecoder } from './row-decoder.ts'

/**
 * Reads the response to one SELECT: the payloads of its packets go in, blocks of Avro rows come out.
 * Every failure is thrown: an ERROR token as a ServerError; a damaged, shortened or unexpected stream as a SourceError.
 */
export class ResponseReader {
  private readonly input = new Input()
  private readonly columns: readonly Column[]
  private readonly writer: AvroWriter
  private readonly onBlock: (block: RowBlock) => void
  private decoder: RowDecoder | undefined
  private inRow = false
  private rows = 0
  private counted = false
  private finished = false

  constructor(columns: readonly Column[], writer: AvroWriter, onBlock: (block: RowBlock) => void) {
    this.columns = columns
    this.writer = writer
    this.onBlock = onBlock
  }

  push(packet: Uint8Array): void {
    const input = this.input
    input.append(packet)
    while (input.begin < input.end && this.readToken()) {
      if (this.writer.full) this.onBlock(this.writer.takeBlock())
    }
  }

  /** The response has ended. Gives out the last block. */
  end(): void {
    if (this.input.begin < this.input.end) throw new SourceError('the response ends within a token')
    if (!this.finished) throw new SourceError('the response ends before its last row is confirmed')
    if (this.decoder === undefined) throw new SourceError('the response holds no result')
    if (!this.counted) throw new SourceError('the server did not say how many rows it sent')
    if (this.writer.rows > 0) this.onBlock(this.writer.takeBlock())
  }

  /** Reads one token; false when it has not arrived whole. */
  private readToken(): boolean {
    const token = this.input.bytes[this.input.begin]
    if (token === TOKEN.ROW) return this.readRow(false)
    if (token === TOKEN.NBCROW) return this.readRow(true)
    return this.readOther(token!)
  }

  private readRow(withNullBitmap: boolean): boolean {
    const { input, decoder } = this
    if (decoder === undefined || this.finished) throw new SourceError('a row arrives outside of a result')
    if (!this.inRow && decoder.isSurelyWhole(input)) decoder.decode(input, withNullBitmap)
    else if (!this.readMeasuredRow(decoder, withNullBitmap)) return false
    this.rows++
    return true
  }

  /** For rows that may reach beyond what has arrived. */
  private readMeasuredRow(decoder: RowDecoder, withNullBitmap: boolean): boolean {
    if (!this.inRow) decoder.length.beginRow(withNullBitmap)
    const length = decoder.length.scan(this.input)
    this.inRow = length < 0
    if (this.inRow) this.input.expect(decoder.length.expected)
    else decoder.decode(this.input, withNullBitmap, length)
    return !this.inRow
  }

  private readOther(token: number): boolean {
    const { input } = this
    const cursor = new ByteCursor(input.bytes, input.begin + 1, input.end)
    const accept = this.parse(token, cursor)
    if (cursor.overrun) return false
    input.begin = cursor.offset
    accept()
    return true
  }

  /** Reads the token at the cursor; what it gives takes effect only when the token has arrived whole. */
  private parse(token: number, cursor: ByteCursor): () => void {
    switch (token) {
      case TOKEN.COLMETADATA: {
        const wire = readColumnMetadata(cursor)
        return () => {
          if (this.decoder !== undefined) throw new SourceError('the response holds more than one result')
          this.decoder = new RowDecoder(this.columns, wire, this.writer)
        }
      }
      case TOKEN.DONE:
      case TOKEN.DONEPROC:
      case TOKEN.DONEINPROC: {
        const status = cursor.uint16()
        cursor.skip(2)
        const rowCount = cursor.uint64()
        return () => this.acceptDone(status, rowCount)
      }
      case TOKEN.ERROR: {
        const error = readError(cursor)
        return () => {
          throw error
        }
      }
      case TOKEN.INFO:
      case TOKEN.ENVCHANGE:
      case TOKEN.ORDER:
      case TOKEN.TABNAME:
      case TOKEN.COLINFO:
        cursor.skip(cursor.uint16())
        return ignore
      case TOKEN.RETURNSTATUS:
        cursor.int32()
        return ignore
      default:
        throw new SourceError(`the server sent the unknown token 0x${token.toString(16)}`)
    }
  }

  private acceptDone(status: number, rowCount: number): void {
    if ((status & (DONE.ERROR | DONE.SERVER_ERROR)) !== 0) throw new SourceError('the server broke the query off')
    if ((status & DONE.ATTENTION) !== 0) throw new SourceError('the query was cancelled')
    if ((status & DONE.COUNT) !== 0 && this.decoder !== undefined) {
      if (rowCount !== this.rows) throw new SourceError(`the server sent ${rowCount} rows, ${this.rows} arrived`)
      this.counted = true
    }
    this.finished = (status & DONE.MORE) === 0
  }
}

/** ERROR: [MS-TDS] 2.2.7.10, up to the message. */
function readError(cursor: ByteCursor): ServerError {
  const length = cursor.uint16()
  const end = cursor.offset + length
  const number = cursor.int32()
  cursor.skip(1)
  const severity = cursor.uint8()
  const message = cursor.longText()
  cursor.skip(end - cursor.offset)
  return new ServerError(number, message, severity)
}

function ignore(): void {}
