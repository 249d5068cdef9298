import type { Connection, Submittable } from 'pg'
import { Deferred } from './deferred.ts'

/** Messages handed to the socket and not yet taken by the kernel, before `send` makes the sender wait. */
const MESSAGES_IN_FLIGHT = 8

/** CopyDone and CopyFail (PostgreSQL protocol 3, "Message Formats"). */
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4])
const COPY_FAIL = 0x66

/**
 * A `COPY … FROM STDIN` under way: a query of `pg` whose data we write to the socket ourselves, so that a row is copied
 * once, from the block into the message. `begin`, any number of `send`, then `end` or `fail`.
 */
export class CopyIn implements Submittable {
  private readonly text: string
  private connection: Connection | undefined
  private inFlight = 0
  private copied = 0
  private readonly begun = new Deferred<void>()
  private readonly finished = new Deferred<number>()
  private wake: (() => void) | undefined
  private failure: Error | undefined

  constructor(text: string) {
    this.text = text
  }

  submit(connection: Connection): void {
    this.connection = connection
    connection.query(this.text)
  }

  /** Resolves when the server waits for data. */
  begin(): Promise<void> {
    return this.begun.promise
  }

  /** Resolves as soon as another message may be sent; `sent` is called when the message's buffer is free again. */
  async send(message: Buffer, sent: (message: Buffer) => void): Promise<void> {
    if (this.failure !== undefined) throw this.failure
    this.inFlight++
    this.connection?.stream.write(message, () => {
      this.inFlight--
      sent(message)
      this.wake?.()
    })
    while (this.inFlight >= MESSAGES_IN_FLIGHT && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    if (this.failure !== undefined) throw this.failure
  }

  /** Ends the data; resolves to the number of rows the server has taken. */
  end(): Promise<number> {
    if (this.failure === undefined) this.connection?.stream.write(COPY_DONE)
    return this.finished.promise
  }

  /** Makes the server throw away what it has; resolves when it has said so. */
  async fail(reason: string): Promise<void> {
    if (this.failure === undefined) {
      const text = Buffer.from(`${reason}\0`)
      const message = Buffer.alloc(5)
      message[0] = COPY_FAIL
      message.writeInt32BE(4 + text.length, 1)
      this.connection?.stream.write(Buffer.concat([message, text]))
    }
    await this.finished.promise.catch(() => undefined)
  }

  handleCopyInResponse(): void {
    this.begun.resolve()
  }

  handleCommandComplete(message: { readonly text?: string }): void {
    this.copied = Number(/^COPY (\d+)$/.exec(message.text ?? '')?.[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.finished.resolve(this.copied)
  }

  handleError(error: Error): void {
    this.failure = error
    this.begun.reject(error)
    this.finished.reject(error)
    this.wake?.()
  }
}
