import { expect, it } from 'vitest'
import { collect } from './collect.ts'
import { untilAborted } from './until-aborted.ts'

async function* numbers(ended: string[]) {
  try {
    for (let i = 0; ; i++) yield i
  } finally {
    ended.push('ended')
  }
}

it('gives items until the signal is aborted, and ends their source', async () => {
  const job = new AbortController()
  const ended: string[] = []
  const seen: number[] = []
  for await (const item of untilAborted(numbers(ended), job.signal)) {
    seen.push(item)
    if (item === 2) job.abort()
  }
  expect(seen).toEqual([0, 1, 2])
  expect(ended).toEqual(['ended'])
})

it('does not wait for an item that is late', async () => {
  async function* late() {
    yield 'first'
    await new Promise(() => {})
  }
  const job = new AbortController()
  setTimeout(() => job.abort(), 10)
  expect(await collect(untilAborted(late(), job.signal))).toEqual(['first'])
})

it('gives nothing when the signal was aborted before', async () => {
  expect(await collect(untilAborted(numbers([]), AbortSignal.abort()))).toEqual([])
})

it('passes a failure of the source on', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1
    throw new Error('broken')
  }
  await expect(collect(untilAborted(failing(), new AbortController().signal))).rejects.toThrow('broken')
})
