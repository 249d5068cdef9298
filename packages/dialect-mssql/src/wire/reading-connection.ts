import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Connection, type ConnectionConfiguration } from 'tedious'

type TokenStreamParser = ReturnType<Connection['createTokenStreamParser']>
type Message = Parameters<Connection['createTokenStreamParser']>[0]
type ConnectOnPort = Parameters<Connection['connectOnPort']>
type TokenHandler = Parameters<Connection['createTokenStreamParser']>[1]

/** What becomes of the bytes of one response. */
export interface PayloadSink {
  /** The payload of one packet; a failure that it throws goes to `fail`, and the rest of the response is thrown away. */
  push(payload: Buffer): void
  fail(error: unknown): void
}

/**
 * A connection that can hand the bytes of a response to a sink of ours.
 *
 * tedious makes a JavaScript value of every value in a row and loses some of them on the way: digits of a decimal beyond 15, the offset
 * of a datetimeoffset, bytes without a character. So for the one response after `readNextInto` its token parser is replaced by
 * ours, which sees the payloads of the packets as they come. Everything else (login, encryption, other statements, the
 * acknowledgement of a cancelled request) stays with tedious. `createTokenStreamParser` and `connectOnPort` are not part of
 * tedious's public interface; the version is pinned, and this file is the only one that knows.
 */
export class ReadingConnection extends Connection {
  private readonly stop: AbortSignal
  private next: PayloadSink | undefined

  /** When `stop` is aborted while it is connecting, that ends at once. */
  constructor(configuration: ConnectionConfiguration, stop: AbortSignal) {
    super(configuration)
    this.stop = stop
  }

  /** Lets the sink have the response to the statement that is executed next. */
  readNextInto(sink: PayloadSink): void {
    this.next = sink
  }

  override createTokenStreamParser(message: Message, handler: TokenHandler): TokenStreamParser {
    const sink = this.next
    this.next = undefined
    if (sink === undefined) return super.createTokenStreamParser(message, handler)
    return new PayloadStream(message, sink) as unknown as TokenStreamParser
  }

  override async connectOnPort(...[port, multiSubnet, signal, connector]: ConnectOnPort): Promise<Socket> {
    const socket = await super.connectOnPort(port, multiSubnet, AbortSignal.any([signal, this.stop]), connector)
    const stop = () => socket.destroy(new Error('connecting was stopped'))
    this.stop.addEventListener('abort', stop, { once: true })
    this.once('connect', () => this.stop.removeEventListener('abort', stop))
    return socket
  }
}

/** What tedious uses of its parser: pause, resume, and the event 'end' when the message has ended. */
class PayloadStream extends EventEmitter {
  private readonly message: Message

  constructor(message: Message, sink: PayloadSink) {
    super()
    this.message = message
    let failed = false
    message.on('data', (payload: Buffer) => {
      if (failed) return
      try {
        sink.push(payload)
      } catch (error) {
        failed = true
        sink.fail(error)
      }
    })
    message.on('end', () => this.emit('end'))
  }

  pause(): void {
    this.message.pause()
  }

  resume(): void {
    this.message.resume()
  }
}
