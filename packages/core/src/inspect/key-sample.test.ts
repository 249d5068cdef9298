import { describe, expect, it } from 'vitest'
import { KeySample } from './key-sample.ts'

describe('a sample of keys', () => {
  it('finds every key that is twice while it has room', () => {
    const keys = new KeySample()
    const found = Array.from({ length: 20_000 }, (_, i) => keys.add(i % 15_000, i % 7)).filter(Boolean).length
    const pairs = new Set(Array.from({ length: 20_000 }, (_, i) => `${i % 15_000} ${i % 7}`))
    expect([found, keys.share]).toEqual([20_000 - pairs.size, 1])
  })

  it('keeps a share of the keys when it is full, and says which', () => {
    const keys = new KeySample(1000)
    for (let i = 0; i < 10_000; i++) keys.add(i, i)
    expect(keys.share).toBeGreaterThanOrEqual(8)
    expect(keys.add(16, 16)).toBe(true)
    expect(keys.add(17, 17)).toBe(false)
  })
})
