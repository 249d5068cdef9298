import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { parseIdentity } from './login-response.ts'
import { type Message, MessageReader, PACKET_TYPE } from './packets.ts'
import type { ServerIdentity } from './pre-login.ts'
import type { Exchange } from './recording.ts'
import { parseRequest, type TdsRequest } from './request.ts'

/** A proxy between a client and a live server that keeps what they say after the login. */
export interface RecordingProxy extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** In the order in which the requests came. */
  readonly exchanges: readonly Exchange[]
  /** What the live server said of itself. Throws an Error before the first login. */
  identity(): ServerIdentity
}

/** `server` must not ask for encryption. */
export async function startRecordingProxy(server: { host: string; port: number }): Promise<RecordingProxy> {
  const journal = new Journal()
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(server.port, server.host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => sockets.delete(socket))
    }
    joinSockets(client, upstream)
    const tap = new Tap(journal)
    client.on('data', (chunk) => tap.sent(chunk))
    upstream.on('data', (chunk) => tap.received(chunk))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { address: host, port } = proxy.address() as AddressInfo
  return {
    host,
    port,
    exchanges: journal.exchanges,
    identity: () => journal.knownIdentity(),
    async [Symbol.asyncDispose]() {
      const closed = once(proxy, 'close')
      proxy.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Each side hears of the other's end, good or bad. */
function joinSockets(client: Socket, upstream: Socket): void {
  client.pipe(upstream)
  upstream.pipe(client)
  client.on('error', () => upstream.destroy())
  upstream.on('error', () => client.destroy())
  client.on('close', () => upstream.destroy())
  upstream.on('close', () => client.destroy())
}

class Journal {
  readonly exchanges: Exchange[] = []
  identity: ServerIdentity | undefined

  knownIdentity(): ServerIdentity {
    if (!this.identity) throw new Error('nobody has logged in through the recording proxy')
    return this.identity
  }
}

/** Listens to one connection and pairs requests with answers. */
class Tap {
  private readonly journal: Journal
  private readonly client = new MessageReader()
  private readonly server = new MessageReader()
  private readonly unanswered: (TdsRequest | 'preLogin' | 'login' | 'attention')[] = []

  constructor(journal: Journal) {
    this.journal = journal
  }

  sent(chunk: Buffer): void {
    for (const message of this.client.push(chunk)) this.unanswered.push(namePart(message))
  }

  received(chunk: Buffer): void {
    for (const message of this.server.push(chunk)) {
      const request = this.unanswered.shift()
      if (request === 'login') this.journal.identity = parseIdentity(message.payload)
      // A request that was taken back has half an answer, which nobody can use.
      else if (this.unanswered[0] === 'attention' || typeof request !== 'object') continue
      // The replay server makes the answers of transactions itself.
      else if (request.kind !== 'transaction') this.journal.exchanges.push({ request, answer: message.payload })
    }
  }
}

function namePart(message: Message): TdsRequest | 'preLogin' | 'login' | 'attention' {
  if (message.type === PACKET_TYPE.preLogin) return 'preLogin'
  if (message.type === PACKET_TYPE.login7) return 'login'
  if (message.type === PACKET_TYPE.attention) return 'attention'
  const request = parseRequest(message)
  if (!request) throw new Error(`cannot record a message of type ${message.type}: TLS and SSPI are not supported`)
  return request
}
