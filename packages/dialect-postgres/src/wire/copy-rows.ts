import { AvroWriter, BlockQueue, type Column, type RowBlock, SourceError } from '@albackup/core'
import type { Connection, Submittable } from 'pg'
import { CopyReader } from './copy-reader.ts'
import type { TextForm } from './decode/bytes.ts'
import { Deferred } from './deferred.ts'
import { ReceivingSocket } from './receiving-socket.ts'
import { RowDecoder } from './row-decoder.ts'

/** Bytes of blocks that may wait for their taker: enough that neither side stands still, few enough to stay small. */
const WAITING_BYTES = 12 << 20

type DataListener = (chunk: Buffer) => void

/**
 * A `COPY … TO STDOUT (FORMAT binary)` under way: a query of `pg` that reads the socket itself as long as rows come, since an
 * object for each message costs more than reading the row. Messages about anything else go to `pg` as ever.
 */
export class CopyRows implements Submittable {
  hasEnded = false
  /** Settled when the server is ready for the next statement, or is lost; never rejected. */
  readonly ended: Promise<void>
  private readonly text: string
  private readonly reader: CopyReader
  private readonly queue: BlockQueue
  private readonly end = new Deferred<void>()
  private stream: Connection['stream'] | undefined
  private listeners: readonly DataListener[] = []
  private confirmed = -1

  constructor(text: string, columns: readonly Column[], texts: TextForm) {
    this.text = text
    this.queue = new BlockQueue(
      WAITING_BYTES,
      () => this.stream?.pause(),
      () => this.stream?.resume(),
    )
    const writer = new AvroWriter()
    const onBlock = (block: RowBlock) => this.queue.push(block)
    const onOther = (message: Buffer) => this.passOn(message)
    this.reader = new CopyReader(new RowDecoder(columns, texts, writer), writer, onBlock, onOther)
    this.ended = this.end.promise
  }

  submit(connection: Connection): void {
    this.stream = connection.stream
    this.listeners = connection.stream.listeners('data') as DataListener[]
    if (connection.stream instanceof ReceivingSocket) connection.stream.taker = this.onData
    else connection.stream.on('data', this.onData)
    for (const listener of this.listeners) connection.stream.off('data', listener)
    connection.query(this.text)
  }

  /** The next block; undefined after the last. Throws what ended the rows. */
  take(): Promise<RowBlock | undefined> {
    return this.queue.take()
  }

  /** No more rows are wanted: what still comes is thrown away, and `take` throws the reason. */
  discard(reason: unknown): void {
    this.reader.discard()
    this.queue.fail(reason)
    this.stream?.resume()
  }

  handleCommandComplete(message: { readonly text?: string }): void {
    this.confirmed = Number(/^COPY (\d+)$/.exec(message.text ?? '')?.[1] ?? -1)
  }

  handleReadyForQuery(): void {
    const { rows } = this.reader
    if (this.confirmed === rows) this.queue.end()
    else this.queue.fail(new SourceError(`the server sent ${this.confirmed} rows, ${rows} arrived`))
    this.finish()
  }

  handleError(error: Error): void {
    // The connection may be lost in the middle of the rows.
    this.giveBackSocket()
    this.queue.fail(error)
    this.finish()
  }

  private readonly onData = (chunk: Buffer): void => {
    try {
      this.reader.push(chunk)
    } catch (error) {
      this.discard(error)
      this.reader.push(Buffer.alloc(0))
    }
    if (this.reader.done) this.giveBackSocket()
  }

  private giveBackSocket(): void {
    const { stream, listeners } = this
    if (stream === undefined) return
    this.stream = undefined
    for (const listener of listeners) stream.on('data', listener)
    if (stream instanceof ReceivingSocket) stream.taker = undefined
    else stream.off('data', this.onData)
    stream.resume()
    const rest = this.reader.takeRest()
    if (rest.length > 0) this.passOn(rest)
  }

  private finish(): void {
    this.hasEnded = true
    this.reader.giveBackMemory()
    this.end.resolve()
  }

  private passOn(messages: Buffer): void {
    for (const listener of this.listeners) listener(messages)
  }
}
