/** Packets and messages of TDS (MS-TDS 2.2.3 "Packets"). */

export const PACKET_TYPE = {
  sqlBatch: 0x01,
  rpc: 0x03,
  tabularResult: 0x04,
  attention: 0x06,
  bulkLoad: 0x07,
  transactionManager: 0x0e,
  login7: 0x10,
  preLogin: 0x12,
} as const

const END_OF_MESSAGE = 0x01
const IGNORE = 0x02

export const HEADER_BYTES = 8

/** A whole message: the payloads of its packets joined. */
export interface Message {
  readonly type: number
  readonly payload: Buffer
  /** The client took the message back in its last packet; it must not be executed (MS-TDS 2.2.3.1.2). */
  readonly ignored: boolean
}

/** One packet; `number` counts from 1 within a message, modulo 256. */
export function packet(type: number, payload: Uint8Array, number: number, last: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length)
  bytes[0] = type
  bytes[1] = last ? END_OF_MESSAGE : 0
  bytes.writeUInt16BE(bytes.length, 2)
  bytes.writeUInt16BE(0, 4)
  bytes[6] = number & 0xff
  bytes[7] = 0
  bytes.set(payload, HEADER_BYTES)
  return bytes
}

/** Joins the packets of a byte stream into messages, wherever the stream is cut. */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0)
  private parts: Buffer[] = []

  /** The messages that `chunk` completes. */
  push(chunk: Buffer): readonly Message[] {
    const messages: Message[] = []
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    while (this.rest.length >= HEADER_BYTES) {
      const length = this.rest.readUInt16BE(2)
      if (length < HEADER_BYTES) throw new Error(`a TDS packet says that it is ${length} bytes long`)
      if (this.rest.length < length) break
      const message = this.takePacket(length)
      if (message) messages.push(message)
    }
    return messages
  }

  private takePacket(length: number): Message | undefined {
    const type = this.rest[0]!
    const status = this.rest[1]!
    this.parts.push(this.rest.subarray(HEADER_BYTES, length))
    this.rest = this.rest.subarray(length)
    if ((status & END_OF_MESSAGE) === 0) return undefined
    const payload = Buffer.concat(this.parts)
    this.parts = []
    return { type, payload, ignored: (status & IGNORE) !== 0 }
  }
}
