import { describe, expect, it } from 'vitest'
import { Input } from './input.ts'

const MEMORY = 1000

/** Appends so many bytes, and uses all but the last ten of what is there. */
function pass(input: Input, length: number): void {
  input.append(Buffer.alloc(length, length % 251))
  input.begin = input.end - 10
}

describe('bytes that have arrived', () => {
  it.each([1, 7, 300, 990, 5000])('stay in one piece, in their order, in packets of %i bytes', (length) => {
    const input = new Input(Buffer.alloc(MEMORY))
    const taken: Buffer[] = []
    const packets = Array.from({ length: 50 }, (_, i) => Buffer.alloc(length, i))
    for (const [i, packet] of packets.entries()) {
      input.append(packet)
      if (i % 3 === 0) input.expect(length * 4)
      const end = input.end - (i % 5 === 4 ? 0 : Math.min(5, length))
      taken.push(Buffer.from(input.bytes.subarray(input.begin, end)))
      input.begin = end
    }
    expect(Buffer.concat(taken).equals(Buffer.concat(packets))).toBe(true)
  })
})

describe('memory that was given', () => {
  it('is used again when a long value has passed', () => {
    const given = Buffer.alloc(MEMORY)
    const input = new Input(given)
    for (const length of [2000, 5 << 20]) {
      input.expect(length)
      pass(input, length - (input.end - input.begin))
      expect(input.bytes === given).toBe(false)
      pass(input, 500)
      expect(input.bytes === given).toBe(true)
    }
  })

  it('takes turns with one larger piece, not with a new one for each long value', () => {
    const input = new Input(Buffer.alloc(MEMORY))
    const larger = [3000, 2000, 2500].map((length) => {
      input.expect(length)
      const { bytes } = input
      pass(input, bytes.length - (input.end - input.begin))
      pass(input, 500)
      return bytes
    })
    expect(larger.map((bytes) => bytes === larger[0])).toEqual([true, true, true])
  })
})
