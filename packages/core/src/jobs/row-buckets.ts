import type { Column, Table } from '../model/schema-model.ts'
import { Murmur3 } from '../row/murmur3.ts'
import type { RowBytes } from '../row/row-block.ts'
import { type ProjectedRow, RowProjection } from '../row/row-projection.ts'

/** A power of two. */
const BUCKETS = 65536
/** Rows of so many bytes are kept in memory at most, unless one bucket has more. */
const KEPT_BYTES = 32 << 20

/** The rows of a table in buckets by the hash of their key: rows of the same key are in the same bucket on every side. */
export class RowBuckets {
  readonly bytes = new Float64Array(BUCKETS)
  private readonly counts = new Uint32Array(BUCKETS)
  private readonly low = new Uint32Array(BUCKETS)
  private readonly high = new Uint32Array(BUCKETS)
  private readonly projection: RowProjection
  private readonly keyLength: number
  private readonly murmur = new Murmur3()

  /** The first `keyLength` of the columns are the key. */
  constructor(table: Table, columns: readonly Column[], keyLength: number) {
    this.projection = new RowProjection(
      table,
      columns.map(({ name }) => name),
    )
    this.keyLength = keyLength
  }

  /** Adds the rows' hashes to the sums of their buckets, so that their order does not matter. */
  sumUp(block: RowBytes): void {
    const { bytes, counts, low, high, murmur } = this
    this.projection.walk(block, (row) => {
      const bucket = this.bucketOf(row)
      murmur.hash(row.view, 0, row.length)
      // Unsigned 32-bit arrays take the sums modulo 2^32.
      low[bucket]! += murmur.low
      high[bucket]! += murmur.high
      counts[bucket]!++
      bytes[bucket]! += row.length
    })
  }

  /** Gives the rows of the chosen buckets with their keys, each byte a character. */
  find(block: RowBytes, chosen: ReadonlySet<number>, onRow: (key: string, row: string) => void): void {
    this.projection.walk(block, (row) => {
      if (!chosen.has(this.bucketOf(row))) return
      onRow(row.bytes.toString('latin1', 0, this.keyEnd(row)), row.bytes.toString('latin1', 0, row.length))
    })
  }

  sameBucket(other: RowBuckets, bucket: number): boolean {
    return (
      this.counts[bucket] === other.counts[bucket] &&
      this.low[bucket] === other.low[bucket] &&
      this.high[bucket] === other.high[bucket]
    )
  }

  private bucketOf(row: ProjectedRow): number {
    this.murmur.hash(row.view, 0, this.keyEnd(row))
    return this.murmur.low & (BUCKETS - 1)
  }

  private keyEnd({ ends }: ProjectedRow): number {
    return ends[this.keyLength - 1]!
  }
}

/** Some buckets that are not the same, at most `limit`, and no more than memory should hold: each has a row that differs. */
export function chooseBuckets(a: RowBuckets, b: RowBuckets, limit: number): ReadonlySet<number> {
  const chosen = new Set<number>()
  let bytes = 0
  for (let bucket = 0; bucket < BUCKETS && chosen.size < limit; bucket++) {
    if (a.sameBucket(b, bucket)) continue
    bytes += a.bytes[bucket]! + b.bytes[bucket]!
    if (chosen.size > 0 && bytes > KEPT_BYTES) break
    chosen.add(bucket)
  }
  return chosen
}
