import type { Loss } from '../dialect/dialect.ts'
import type { LogicalType } from '../model/logical-type.ts'
import type { AvroReader } from '../row/avro-reader.ts'
import { type Cell, readCell } from '../row/cells.ts'
import { decodeUtf8 } from '../row/wtf8.ts'

const MOST_SAMPLES = 5
const LONGEST_SAMPLE = 80

/** Counts the values of one column that are not carried exactly, with samples of the first of each kind. */
export class LossCounter<Kind extends string> {
  private readonly losses = new Map<Kind, { column: string; kind: Kind; count: number; samples: string[] }>()
  private readonly name: string
  private readonly logical: LogicalType

  constructor(column: string, logical: LogicalType) {
    this.name = column
    this.logical = logical
  }

  /** `valueBegin`: where the value begins for the reader, whose cursor stays where it is. */
  count(kind: Kind, from: AvroReader, valueBegin: number): void {
    let loss = this.losses.get(kind)
    if (loss === undefined) {
      loss = { column: this.name, kind, count: 0, samples: [] }
      this.losses.set(kind, loss)
    }
    loss.count++
    if (loss.samples.length < MOST_SAMPLES) loss.samples.push(this.sample(from, valueBegin))
  }

  list(): readonly Loss[] {
    return [...this.losses.values()]
  }

  /** The value as text, cut when it is long; control characters and lone surrogates of texts made visible. */
  protected sample(from: AvroReader, valueBegin: number): string {
    const offset = from.offset
    from.offset = valueBegin
    const isText = ['text', 'xml', 'json'].includes(this.logical.kind)
    const sample = isText ? textSample(from) : cut(cellText(readCell(from, this.logical)))
    from.offset = offset
    return sample
  }
}

function cellText(cell: Cell): string {
  return cell instanceof Uint8Array
    ? `0x${Buffer.from(cell.subarray(0, LONGEST_SAMPLE)).toString('hex')}`
    : String(cell)
}

function textSample(from: AvroReader): string {
  // Enough bytes for the characters shown; the value itself may be many megabytes.
  return JSON.stringify(cut(decodeUtf8(from.readBytes().subarray(0, 4 * LONGEST_SAMPLE))))
}

function cut(text: string): string {
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text
}
