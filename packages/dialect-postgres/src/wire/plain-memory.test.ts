import { afterEach, expect, it, vi } from 'vitest'
import { blockOf, TEXT, tableOf } from '../testing/plain-values.ts'
import { giveBackPlainMemory, takePlainMemory } from './plain-memory.ts'
import { RowEncoder } from './row-encoder.ts'

afterEach(() => void vi.restoreAllMocks())

it('passes on any other failure', () => {
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function fail() {
    throw new TypeError('of another kind')
  })
  expect(takePlainMemory).toThrow(TypeError)
})

it('is used again when it has been given back', () => {
  const memory = takePlainMemory()!
  giveBackPlainMemory(memory)
  // Not compared by the matcher, which would look at every byte.
  expect(takePlainMemory() === memory).toBe(true)
  expect(takePlainMemory() === memory).toBe(false)
})

// The last one, for what it leaves behind.
it('is none where the process may not have the addresses, which is asked once, and rows go without it', async () => {
  const reserve = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse() {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory')
  })
  expect(takePlainMemory()).toBeUndefined()
  const table = tableOf([TEXT], false)
  const encoder = new RowEncoder(table, 't')
  const writer = encoder.writer(true)
  expect([...encoder.encode(await blockOf(table, [['text']]), writer)]).toEqual([])
  expect(writer.takeLastMessage().toString('latin1')).toContain('\0\x04text')
  expect(reserve).toHaveBeenCalledOnce()
})
