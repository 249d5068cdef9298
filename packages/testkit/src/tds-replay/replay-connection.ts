import { once } from 'node:events'
import type { Socket } from 'node:net'
import { untilAborted } from '../until-aborted.ts'
import { type Answer, ConnectionDrop, type ConnectionFacts, pieces } from './answer.ts'
import { type Login, parseLogin } from './login.ts'
import { databaseRefusal, loginRefusal, loginResponse } from './login-response.ts'
import { HEADER_BYTES, type Message, MessageReader, PACKET_TYPE, packet } from './packets.ts'
import { preLoginResponse, type ServerIdentity } from './pre-login.ts'
import { parseRequest, type TdsRequest } from './request.ts'
import { DONE_STATUS, done } from './tokens.ts'

/** What a connection needs to know of its server. */
export interface ReplayHost {
  readonly identity: ServerIdentity
  readonly greatestPacketSize: number
  judge(login: Login): 'welcome' | 'wrong login' | 'no such database'
  welcome(login: Login, packetSize: number): ConnectionFacts
  answer(request: TdsRequest, connection: ConnectionFacts): Answer
}

const FIRST_PACKET_SIZE = 4096

/** One client: reads messages as they come, answers them one after another. */
export class ReplayConnection {
  private readonly socket: Socket
  private readonly host: ReplayHost
  private readonly reader = new MessageReader()
  private readonly waiting: Message[] = []
  private busy = false
  /** Aborted when the client takes back the request that is being answered. */
  private attention = new AbortController()
  private facts: ConnectionFacts | undefined
  private packetSize = FIRST_PACKET_SIZE

  constructor(socket: Socket, host: ReplayHost) {
    this.socket = socket
    this.host = host
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.take(chunk))
    // A client that goes away in the middle of an answer is no event for a server.
    socket.on('error', () => socket.destroy())
  }

  private take(chunk: Buffer): void {
    for (const message of this.reader.push(chunk)) {
      if (message.type === PACKET_TYPE.attention) this.attention.abort()
      this.waiting.push(message)
    }
    if (!this.busy) this.work().catch((failure) => this.socket.destroy(failure))
  }

  private async work(): Promise<void> {
    this.busy = true
    for (let message = this.waiting.shift(); message; message = this.waiting.shift()) await this.respond(message)
    this.busy = false
  }

  private async respond(message: Message): Promise<void> {
    if (message.type === PACKET_TYPE.preLogin) await this.send(preLoginResponse(this.host.identity))
    else if (message.type === PACKET_TYPE.login7) await this.login(parseLogin(message.payload))
    else if (message.type === PACKET_TYPE.attention) await this.acknowledgeAttention()
    else await this.answer(message)
  }

  private async login(login: Login): Promise<void> {
    const verdict = this.host.judge(login)
    if (verdict !== 'welcome') {
      await this.send(verdict === 'wrong login' ? loginRefusal(login.user) : databaseRefusal(login))
      this.socket.end()
      return
    }
    const packetSize = Math.min(login.packetSize || FIRST_PACKET_SIZE, this.host.greatestPacketSize)
    this.facts = this.host.welcome(login, packetSize)
    await this.send(loginResponse(login, packetSize, this.host.identity))
    this.packetSize = packetSize
  }

  private async answer(message: Message): Promise<void> {
    const request = parseRequest(message)
    if (!request || !this.facts) {
      this.socket.destroy()
      return
    }
    if (message.ignored) await this.send(done({ status: DONE_STATUS.error }))
    else await this.send(this.host.answer(request, this.facts))
  }

  /** MS-TDS 2.2.1.7: a message of its own, after the rest of the answer that was interrupted. */
  private async acknowledgeAttention(): Promise<void> {
    this.attention = new AbortController()
    await this.send(done({ status: DONE_STATUS.attention }))
  }

  /**
   * Sends a message in packets, at the pace of the client. An attention ends it after the piece that is under way:
   * servers finish the token they are sending, and clients count on it.
   */
  private async send(answer: Answer): Promise<void> {
    const size = this.packetSize - HEADER_BYTES
    let rest: Uint8Array = Buffer.alloc(0)
    let number = 1
    try {
      for await (const piece of untilAborted(pieces(answer), this.attention.signal)) {
        rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
        // One full packet is kept back: the last of a message is marked.
        while (rest.length > size) {
          await this.write(packet(PACKET_TYPE.tabularResult, rest.subarray(0, size), number++, false))
          rest = rest.subarray(size)
        }
        if (this.socket.destroyed) return
      }
    } catch (failure) {
      if (!(failure instanceof ConnectionDrop)) throw failure
      await this.write(packet(PACKET_TYPE.tabularResult, rest, number, false))
      this.socket.destroySoon()
      return
    }
    await this.write(packet(PACKET_TYPE.tabularResult, rest, number, true))
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.socket.destroyed || this.socket.write(bytes)) return
    // The event that does not come leaves no listener behind.
    const waiting = new AbortController()
    const { signal } = waiting
    await Promise.race([once(this.socket, 'drain', { signal }), once(this.socket, 'close', { signal })])
    waiting.abort()
  }
}
