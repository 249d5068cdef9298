import { AvroReader, type Loss, type RowBytes, type RowFacts } from '@albackup/core'
import { DEFAULT_POLICY } from '../../policy.ts'
import { FRAMING, TOKEN } from '../protocol.ts'
import { columnEncoder } from './column-encoder.ts'
import type { ColumnPair } from './column-pair.ts'
import { leftOutEncoder } from './left-out.ts'
import { LossLedger, type LossPolicy } from './loss-ledger.ts'
import { LONG_VALUE } from './parts.ts'
import { SentFacts } from './sent-facts.ts'
import type { TdsWriter } from './tds-writer.ts'
import type { ValueEncoder } from './value-encoder.ts'

/** How NULL is written in each framing: so many times a byte. */
const NULL_BYTE: ReadonlyMap<number, readonly [byte: number, count: number]> = new Map([
  [FRAMING.BYTE_LENGTH, [0, 1]],
  [FRAMING.SHORT_LENGTH, [0xff, 2]],
  [FRAMING.LONG_LENGTH, [0, 4]],
  [FRAMING.PARTS, [0xff, 8]],
])

const NOTHING = new Uint8Array(0)

/** Turns the rows of one table from Avro bytes into ROW tokens of a bulk load. */
export class RowEncoder {
  /** What a row takes at most without its values of variable length. */
  readonly rowBound: number
  private readonly encoders: readonly ValueEncoder[]
  private readonly nullable: Uint8Array
  private readonly nullBytes: Uint8Array
  private readonly nullCounts: Uint8Array
  private readonly compared: Uint8Array
  private readonly sent = new SentFacts()
  private readonly ledger: LossLedger

  constructor(pairs: readonly ColumnPair[], policy: LossPolicy = DEFAULT_POLICY) {
    this.ledger = new LossLedger(this.sent, policy)
    this.encoders = pairs.map((pair) => this.encoderOf(pair))
    this.nullable = Uint8Array.from(pairs, ({ source }) => (source.nullable ? 1 : 0))
    this.compared = Uint8Array.from(pairs, ({ isCompared }) => (isCompared ? 1 : 0))
    const nulls = pairs.map(({ isSent, target }) => (isSent ? NULL_BYTE.get(target.type.framing)! : [0, 0]))
    this.nullBytes = Uint8Array.from(nulls, ([byte]) => byte!)
    this.nullCounts = Uint8Array.from(nulls, ([, count]) => count!)
    this.rowBound = 1 + this.encoders.reduce((sum, { bound }) => sum + Math.max(bound, 8), 0)
  }

  /** What has not been carried exactly so far. */
  get losses(): readonly Loss[] {
    return this.ledger.list()
  }

  /** Of the rows so far. */
  get facts(): RowFacts {
    return this.sent.facts
  }

  /** Writes the block's rows; yields what is to be sent whenever that is enough. Throws a RangeError when rows and bytes disagree. */
  *encode(block: RowBytes, to: TdsWriter): Iterable<Buffer> {
    const from = new AvroReader(block.bytes)
    const columns = this.encoders.length
    for (let row = 0; row < block.rows; row++) {
      const begin = from.offset
      to.reserve(0)
      to.writeByte(TOKEN.ROW)
      for (let i = this.encodeColumns(from, to, 0); i < columns; i = this.encodeColumns(from, to, i + 1)) {
        for (const _ of this.encoders[i]!.encodeLong!(from, to)) yield to.take()
      }
      if (from.offset > from.end) break
      this.sent.endRow(from, begin)
      if (to.full) yield to.take()
    }
    if (from.offset !== from.end) {
      throw new RangeError(`a block of ${block.rows} rows has ${from.end} bytes, its rows end at ${from.offset}`)
    }
  }

  /** Writes columns from `first` on; returns the one whose value is too long to be written at once, or the number of columns. */
  private encodeColumns(from: AvroReader, to: TdsWriter, first: number): number {
    const { encoders, nullable, nullBytes, nullCounts, compared } = this
    for (let i = first; i < encoders.length; i++) {
      const begin = from.offset
      if (nullable[i] === 1 && !from.readPresent()) to.fill(nullBytes[i]!, nullCounts[i]!)
      else {
        const encoder = encoders[i]!
        if (encoder.encodeLong !== undefined && isLong(from)) return i
        encoder.encode(from, to)
      }
      if (compared[i] === 0) this.sent.replace(begin, from.offset, NOTHING)
    }
    return encoders.length
  }

  private encoderOf({ source, target, isSent }: ColumnPair): ValueEncoder {
    if (!isSent) return leftOutEncoder(source)
    const report = this.ledger.column(source)
    return columnEncoder(source.logical, target.type, report, target.logical)
  }
}

/** Whether the value at the cursor, which begins with its length, is a long one. */
function isLong(from: AvroReader): boolean {
  const begin = from.offset
  const length = from.readInt()
  from.offset = begin
  return length > LONG_VALUE
}
