import { Murmur3 } from './murmur3.ts'
import type { RowFacts } from './row-block.ts'

const TWO_32 = 4294967296

/**
 * The digest of a set of rows: each row's bytes hashed to 64 bits, the hashes added modulo 2^64.
 * Two sets of the same rows have the same digest whatever their order, and digests of parts add up to that of the whole.
 */
export class RowDigest implements RowFacts {
  rows = 0
  private readonly murmur = new Murmur3()
  private low = 0
  private high = 0

  /** Adds the row that stands in `view` from `begin` up to, not including, `end`. */
  addRow(view: DataView, begin: number, end: number): void {
    this.murmur.hash(view, begin, end)
    this.addHash(this.murmur.low, this.murmur.high)
    this.rows++
  }

  /** Adds rows whose digest is known. */
  add({ rows, digest }: RowFacts): void {
    this.addHash(Number(digest & 0xffffffffn), Number(digest >> 32n))
    this.rows += rows
  }

  /** In halves, unsigned. */
  private addHash(lower: number, upper: number): void {
    const low = this.low + lower
    this.high = (this.high + upper + (low >= TWO_32 ? 1 : 0)) % TWO_32
    this.low = low % TWO_32
  }

  get digest(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low)
  }
}

export const NO_ROWS: RowFacts = { rows: 0, digest: 0n }

export function addFacts(one: RowFacts, other: RowFacts): RowFacts {
  return { rows: one.rows + other.rows, digest: BigInt.asUintN(64, one.digest + other.digest) }
}

export function sameFacts(one: RowFacts, other: RowFacts): boolean {
  return one.rows === other.rows && one.digest === other.digest
}

/** 16 hexadecimal digits, as it stands in the metadata. */
export function formatDigest(digest: bigint): string {
  return digest.toString(16).padStart(16, '0')
}

export function parseDigest(text: string): bigint {
  return BigInt(`0x${text}`)
}
