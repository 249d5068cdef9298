import { expect, it } from 'vitest'
import { InterruptedError, SourceError } from '../errors.ts'
import { retry } from './retry.ts'

const { signal } = new AbortController()

function failing(times: number, error: Error) {
  let n = 0
  return async () => {
    if (n++ < times) throw error
    return n
  }
}

it('tries again what may succeed', async () => {
  const told: string[] = []
  const attempt = failing(2, new SourceError('cannot read: deadlock', { retryable: true }))
  expect(await retry(attempt, signal, (message) => told.push(message))).toBe(3)
  expect(told).toHaveLength(2)
})

it('tries again also when the dialect has a copy of the core of its own', async () => {
  const foreign = Object.assign(new Error('cannot read: deadlock'), { name: 'SourceError', retryable: true })
  expect(await retry(failing(1, foreign), signal, () => {})).toBe(2)
})

it('gives up after four attempts', async () => {
  const attempt = failing(4, new SourceError('cannot read: deadlock', { retryable: true }))
  await expect(retry(attempt, signal, () => {})).rejects.toThrow('deadlock')
})

it('does not try again what cannot succeed', async () => {
  await expect(retry(failing(1, new SourceError('cannot read: gone')), signal, () => {})).rejects.toThrow('gone')
  await expect(retry(failing(1, new TypeError('a bug')), signal, () => {})).rejects.toThrow('a bug')
})

it('ends at once when the job is stopped while it waits', async () => {
  const controller = new AbortController()
  const attempt = failing(3, new SourceError('cannot read: deadlock', { retryable: true }))
  setTimeout(() => controller.abort(), 20)
  await expect(retry(attempt, controller.signal, () => {})).rejects.toThrow(InterruptedError)
})
