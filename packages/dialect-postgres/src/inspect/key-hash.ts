import { Murmur3 } from '@albackup/core'
import type { EncodedRow } from './encoded-row.ts'

/** The hash of a row's key, as the target compares it. */
export class KeyHash {
  private readonly columns: readonly number[]
  private readonly folded: readonly number[]
  private readonly murmur = new Murmur3()
  private bytes = Buffer.allocUnsafe(1024)

  /** `columns`: places in the planned table; `folded`: those of them whose upper and lower case does not count. */
  constructor(columns: readonly number[], folded: readonly number[]) {
    this.columns = columns
    this.folded = folded
  }

  /** Leaves the hash in `low` and `high`; false when a value is NULL. */
  take(row: EncodedRow): boolean {
    const length = this.copyKey(row)
    if (length < 0) return false
    this.murmur.hash(new DataView(this.bytes.buffer, this.bytes.byteOffset, length), 0, length)
    return true
  }

  get low(): number {
    return this.murmur.low
  }

  get high(): number {
    return this.murmur.high
  }

  /** The values in the backup, for people. */
  textOf(row: EncodedRow): string {
    return `(${this.columns.map((column) => row.textOf(column)).join(', ')})`
  }

  /** Each value with its length in front; -1 when one is NULL. */
  private copyKey(row: EncodedRow): number {
    let length = 0
    for (const column of this.columns) {
      const size = row.lengthOf(column)
      if (size < 0) return -1
      const begin = row.beginOf(column)
      const value = this.folded.includes(column) ? row.foldedOf(column) : row.bytes.subarray(begin, begin + size)
      length = this.append(value, length)
    }
    return length
  }

  private append(value: Buffer, length: number): number {
    const end = length + 4 + value.length
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafe(end * 2)
      this.bytes.copy(larger, 0, 0, length)
      this.bytes = larger
    }
    this.bytes.writeInt32LE(value.length, length)
    value.copy(this.bytes, length + 4)
    return end
  }
}
