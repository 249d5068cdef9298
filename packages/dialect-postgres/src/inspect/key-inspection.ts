import { type Finding, Murmur3 } from '@albackup/core'
import type { EncodedRow } from './encoded-row.ts'
import { KeySample } from './key-sample.ts'

const MOST_SAMPLES = 3

/** Looks for keys that PostgreSQL takes for the same, which it would refuse. Keys with a NULL are left to the server. */
export class KeyInspection {
  private readonly kind: string
  private readonly object: string
  private readonly columns: readonly number[]
  private readonly folded: readonly number[]
  private readonly keys = new KeySample()
  private readonly murmur = new Murmur3()
  private readonly samples: string[] = []
  private twice = 0
  private bytes = Buffer.allocUnsafe(1024)

  /** `columns`: places in the planned table; `folded`: those of them whose upper and lower case does not count. */
  constructor(kind: string, object: string, columns: readonly number[], folded: readonly number[] = []) {
    this.kind = kind
    this.object = object
    this.columns = columns
    this.folded = folded
  }

  take(row: EncodedRow): void {
    const length = this.copyKey(row)
    if (length < 0) return
    this.murmur.hash(new DataView(this.bytes.buffer, this.bytes.byteOffset, length), 0, length)
    if (!this.keys.add(this.murmur.low, this.murmur.high)) return
    this.twice++
    if (this.samples.length < MOST_SAMPLES) {
      this.samples.push(`(${this.columns.map((column) => row.textOf(column)).join(', ')})`)
    }
  }

  findings(): readonly Finding[] {
    const { kind, object } = this
    const compared = this.keys.share === 1 ? '' : `; one key in ${this.keys.share} was compared`
    if (this.twice > 0) {
      const rows = this.twice === 1 ? 'a row has' : `${this.twice} rows have`
      const message = `cannot be made: ${rows} the key of another, for example ${this.samples.join(', ')}${compared}`
      return [{ severity: 'lost', kind, object, message }]
    }
    return compared === '' ? [] : [{ severity: 'info', kind, object, message: `no key is there twice${compared}` }]
  }

  /** Each value with its length in front; -1 when one is NULL. */
  private copyKey(row: EncodedRow): number {
    let length = 0
    for (const column of this.columns) {
      const size = row.lengthOf(column)
      if (size < 0) return -1
      length = this.folded.includes(column)
        ? this.append(row.foldedOf(column), length)
        : this.append(row.bytes.subarray(row.beginOf(column), row.beginOf(column) + size), length)
    }
    return length
  }

  private append(value: Buffer, length: number): number {
    const end = length + 4 + value.length
    if (end > this.bytes.length) this.grow(length, end)
    this.bytes.writeInt32LE(value.length, length)
    value.copy(this.bytes, length + 4)
    return end
  }

  private grow(length: number, needed: number): void {
    const larger = Buffer.allocUnsafe(needed * 2)
    this.bytes.copy(larger, 0, 0, length)
    this.bytes = larger
  }
}
