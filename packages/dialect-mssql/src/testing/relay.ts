import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Passes bytes on until it is cut; then nothing listens there any more. */
export async function openRelay(host: string, port: number) {
  const sockets: Socket[] = []
  const relay = createServer((near) => {
    const far = connect(port, host)
    sockets.push(near, far)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    relay.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (relay.address() as AddressInfo).port, cut }
}
