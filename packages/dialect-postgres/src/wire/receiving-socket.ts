import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net'

/** Larger reads are fewer; still larger ones find no more to read. */
const READ_BYTES = 1 << 18

/** Gets bytes that are its own until it returns. */
export type Taker = (bytes: Buffer) => void

/**
 * A socket that reads into the same memory again and again: new memory for each piece, as a stream takes it, keeps the garbage
 * collector busy while rows come. To its readers it is a stream like any other, until there is a `taker`.
 */
export class ReceivingSocket extends Socket {
  /** Gets what arrives, in place of the stream's readers. */
  taker: Taker | undefined

  constructor() {
    const memory = Buffer.allocUnsafeSlow(READ_BYTES)
    const onread: OnReadOpts = {
      buffer: memory,
      callback: (length) => this.receive(memory.subarray(0, length)),
    }
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = { onread }
    super(options)
  }

  /** False when no more should be read for now. */
  private receive(bytes: Buffer): boolean {
    if (this.taker === undefined) return this.push(Buffer.from(bytes))
    this.taker(bytes)
    return true
  }
}
