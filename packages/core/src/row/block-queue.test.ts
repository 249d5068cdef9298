import { expect, it } from 'vitest'
import { BlockQueue } from './block-queue.ts'

const block = (rows: number) => ({ rows, bytes: new Uint8Array(rows), digest: 0n })

function watched() {
  const events: string[] = []
  const queue = new BlockQueue(
    4,
    () => events.push('full'),
    () => events.push('room'),
  )
  return { queue, events }
}

it('holds its source back when so many bytes wait, and lets it go on when half of them are taken', async () => {
  const { queue, events } = watched()
  for (const rows of [1, 2, 1, 1]) queue.push(block(rows))
  expect(events).toEqual(['full'])
  expect((await queue.take())?.rows).toBe(1)
  expect(events).toEqual(['full'])
  expect((await queue.take())?.rows).toBe(2)
  expect(events).toEqual(['full', 'room'])
})

it('gives what is waiting before it ends', async () => {
  const { queue } = watched()
  queue.push(block(1))
  queue.end()
  expect([(await queue.take())?.rows, await queue.take()]).toEqual([1, undefined])
})

it('wakes whoever waits', async () => {
  const { queue } = watched()
  const taken = queue.take()
  queue.push(block(7))
  expect((await taken)?.rows).toBe(7)
})

it('throws the first failure, whatever is waiting', async () => {
  const { queue } = watched()
  queue.push(block(1))
  queue.fail(new Error('first'))
  queue.fail(new Error('second'))
  await expect(queue.take()).rejects.toThrow('first')
})

it('takes a block that is larger than its limit, and no second one', () => {
  const { queue, events } = watched()
  queue.push(block(100))
  expect(events).toEqual(['full'])
})
