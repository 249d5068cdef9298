import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ReceivingSocket } from './receiving-socket.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Both ends of a connection. */
async function connected(): Promise<{ readonly near: ReceivingSocket; readonly far: Socket }> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const near = new ReceivingSocket()
  near.connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [far] = (await once(server, 'connection')) as [Socket]
  closing.push(() => {
    near.destroy()
    far.destroy()
    server.close()
  })
  return { near, far }
}

it('is a stream whose pieces stay as they are', async () => {
  const { near, far } = await connected()
  const pieces: Buffer[] = []
  near.on('data', (piece: Buffer) => pieces.push(piece))
  for (let i = 0; i < 40; i++) far.write(Buffer.alloc(30_000, i))
  far.end()
  await once(near, 'end')
  const expected = Buffer.concat(Array.from({ length: 40 }, (_, i) => Buffer.alloc(30_000, i)))
  expect(Buffer.concat(pieces).equals(expected)).toBe(true)
})

it('gives a taker what arrives until it has no more, and the stream the rest', async () => {
  const { near, far } = await connected()
  const taken: string[] = []
  const heard: string[] = []
  near.on('data', (piece: Buffer) => heard.push(piece.toString()))
  near.taker = (bytes) => {
    taken.push(bytes.toString())
    near.taker = undefined
    far.end('rest')
  }
  far.write('rows')
  await once(near, 'end')
  expect({ taken, heard }).toEqual({ taken: ['rows'], heard: ['rest'] })
})

it('makes the other side wait while it is paused', async () => {
  const { near, far } = await connected()
  let bytes = 0
  near.taker = (piece) => {
    bytes += piece.length
    near.pause()
  }
  near.resume()
  const block = Buffer.alloc(1 << 20)
  for (let i = 0; i < 64; i++) far.write(block)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(bytes).toBeLessThan(1 << 20)
  near.taker = (piece) => {
    bytes += piece.length
  }
  near.resume()
  far.end()
  await once(near, 'end')
  expect(bytes).toBe(64 << 20)
})
