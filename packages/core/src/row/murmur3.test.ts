import { expect, it } from 'vitest'
import { Murmur3 } from './murmur3.ts'

it('is MurmurHash3_x86_128, as the verification value of its reference test suite says', () => {
  const murmur = new Murmur3()
  const key = new DataView(new ArrayBuffer(256))
  const results = new DataView(new ArrayBuffer(256 * 16))
  const keep = (at: number) => {
    results.setUint32(at, murmur.low, true)
    results.setUint32(at + 4, murmur.high, true)
    results.setUint32(at + 8, murmur.third, true)
    results.setUint32(at + 12, murmur.fourth, true)
  }
  for (let length = 0; length < 256; length++) {
    murmur.hash(key, 0, length, 256 - length)
    keep(length * 16)
    key.setUint8(length, length)
  }
  murmur.hash(results, 0, results.byteLength)
  expect(murmur.low).toBe(0xb3ece62a)
})
