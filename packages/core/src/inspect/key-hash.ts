import { Murmur3 } from '../row/murmur3.ts'
import type { InspectedRow } from './inspected-row.ts'

/** The hash of a row's key, as the target compares it. */
export class KeyHash {
  private readonly columns: readonly number[]
  private readonly folded: ReadonlySet<number>
  private readonly murmur = new Murmur3()
  private bytes = Buffer.allocUnsafe(1024)

  /** `columns`: places in the planned table; `folded`: those of them whose upper and lower case does not count. */
  constructor(columns: readonly number[], folded: readonly number[]) {
    this.columns = columns
    this.folded = new Set(folded)
  }

  /** Leaves the hash in `low` and `high`; false when a value is NULL. */
  take(row: InspectedRow): boolean {
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
  textOf(row: InspectedRow): string {
    return `(${this.columns.map((column) => row.textOf(column)).join(', ')})`
  }

  /** Each value with its length in front; -1 when one is NULL. */
  private copyKey(row: InspectedRow): number {
    let length = 0
    for (const column of this.columns) {
      if (row.lengthOf(column) < 0) return -1
      length = this.append(row.keyOf(column, this.folded.has(column)), length)
    }
    return length
  }

  private append(value: Uint8Array, length: number): number {
    const end = length + 4 + value.length
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafe(end * 2)
      this.bytes.copy(larger, 0, 0, length)
      this.bytes = larger
    }
    this.bytes.writeInt32LE(value.length, length)
    this.bytes.set(value, length + 4)
    return end
  }
}
