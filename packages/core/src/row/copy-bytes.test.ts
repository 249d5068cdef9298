import { expect, it } from 'vitest'
import { copyBytes } from './copy-bytes.ts'

function place(bytes: Buffer) {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}

it('copies a value of any length from any place to any place, and touches nothing beside it', () => {
  const source = place(Buffer.from(Uint8Array.from({ length: 400 }, (_, i) => i + 1)))
  for (let length = 0; length <= 300; length++) {
    for (const [begin, at] of [
      [0, 0],
      [1, 2],
      [7, 3],
      [400 - length, 400 - length],
    ] as const) {
      const target = place(Buffer.alloc(400))
      copyBytes(source, begin, begin + length, target, at)
      const expected = Buffer.alloc(400)
      source.bytes.copy(expected, at, begin, begin + length)
      expect(target.bytes.equals(expected), `${length} bytes from ${begin} to ${at}`).toBe(true)
    }
  }
})
