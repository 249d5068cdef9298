import { describe, expect, it } from 'vitest'
import { addFacts, formatDigest, NO_ROWS, parseDigest, RowDigest } from './digest.ts'

function digestOf(rows: readonly string[]): RowDigest {
  const digest = new RowDigest()
  for (const row of rows) {
    const bytes = Buffer.from(row)
    digest.addRow(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length)
  }
  return digest
}

const rows = Array.from({ length: 1000 }, (_, i) => `row ${i} ${'x'.repeat(i % 40)}`)

describe('the digest of rows', () => {
  it('is the same in any order', () => {
    expect(digestOf(rows.toReversed()).digest).toBe(digestOf(rows).digest)
  })

  it('is the sum of the digests of the parts', () => {
    const sum = [rows.slice(0, 10), [], rows.slice(10)].map(digestOf).reduce(addFacts, NO_ROWS)
    expect(sum).toEqual({ rows: 1000, digest: digestOf(rows).digest })
  })

  it('tells a row counted twice from a row counted once', () => {
    expect(digestOf(['a', 'a']).digest).not.toBe(digestOf(['a']).digest)
    expect(digestOf(['a', 'a', 'b']).digest).not.toBe(digestOf(['a', 'b', 'b']).digest)
  })

  it.each(rows.slice(0, 40))('tells apart rows that differ in one bit: %s', (row) => {
    const flipped = row.slice(0, -1) + String.fromCharCode(row.charCodeAt(row.length - 1) ^ 1)
    expect(digestOf([flipped]).digest).not.toBe(digestOf([row]).digest)
  })

  it.each([0n, 1n, 2n ** 64n - 1n, 0x0123456789abcdefn])('is written as 16 digits and read back: %d', (digest) => {
    expect(formatDigest(digest)).toMatch(/^[0-9a-f]{16}$/)
    expect(parseDigest(formatDigest(digest))).toBe(digest)
  })
})
