import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { ConnectionFacts } from './answer.ts'
import { Playback, type ReplayOptions } from './playback.ts'
import { ReplayConnection } from './replay-connection.ts'
import type { TdsRequest } from './request.ts'

/** A TDS server on the loopback interface that plays answers. */
export interface ReplayServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** Every request so far, in the order in which they came. */
  readonly requests: readonly TdsRequest[]
  /** Every login that was accepted. */
  readonly connections: readonly ConnectionFacts[]
  /** Requests that neither the script nor the recording has an answer for. */
  readonly misses: readonly TdsRequest[]
  /** With the user and password that it takes: `mssql://replay:any@127.0.0.1:port/database?encrypt=false` */
  url(database: string): string
  /** Throws an Error that lists the misses and says how to record again, when there are any. */
  assertNoMisses(): void
}

export async function startReplayServer(options: ReplayOptions = {}): Promise<ReplayServer> {
  const playback = new Playback(options)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    new ReplayConnection(socket, playback)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { address: host, port } = server.address() as AddressInfo
  const { user, password } = options.login ?? { user: 'replay', password: 'any' }
  return {
    host,
    port,
    requests: playback.requests,
    connections: playback.connections,
    misses: playback.misses,
    url: (database) =>
      `mssql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}?encrypt=false`,
    assertNoMisses: () => playback.assertNoMisses(),
    [Symbol.asyncDispose]: () => close(server, sockets),
  }
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  for (const socket of sockets) socket.destroy()
  await closed
}
