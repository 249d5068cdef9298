import {
  type AvroReader,
  CannotCarryError,
  DataError,
  decodeUtf8,
  type LogicalType,
  type Loss,
  readCell,
} from '@albackup/core'
import type { ColumnLosses, LossKind } from './encoder.ts'

const MOST_SAMPLES = 5
const LONGEST_SAMPLE = 80

/** Counts, for one load, the values that were not carried exactly. */
export class LossLedger {
  private readonly columns: ColumnLedger[] = []
  private readonly table: string

  /** `table`: as messages name it. */
  constructor(table: string) {
    this.table = table
  }

  /** `refused`: kinds that end the load. */
  column(column: string, logical: LogicalType, refused: ReadonlySet<LossKind>): ColumnLosses {
    const ledger = new ColumnLedger(`table ${this.table}: column "${column}"`, column, logical, refused)
    this.columns.push(ledger)
    return ledger
  }

  list(): readonly Loss[] {
    return this.columns.flatMap((column) => [...column.losses.values()])
  }
}

class ColumnLedger implements ColumnLosses {
  readonly losses = new Map<LossKind, { column: string; kind: LossKind; count: number; samples: string[] }>()
  private readonly subject: string
  private readonly column: string
  private readonly logical: LogicalType
  private readonly refused: ReadonlySet<LossKind>

  constructor(subject: string, column: string, logical: LogicalType, refused: ReadonlySet<LossKind>) {
    this.subject = subject
    this.column = column
    this.logical = logical
    this.refused = refused
  }

  count(kind: LossKind, from: AvroReader, valueBegin: number): void {
    if (this.refused.has(kind)) throw this.refusal(kind, sampleOf(from, valueBegin, this.logical))
    let loss = this.losses.get(kind)
    if (loss === undefined) {
      loss = { column: this.column, kind, count: 0, samples: [] }
      this.losses.set(kind, loss)
    }
    loss.count++
    if (loss.samples.length < MOST_SAMPLES) loss.samples.push(sampleOf(from, valueBegin, this.logical))
  }

  refuse(reason: string): Error {
    return new CannotCarryError(`cannot load ${this.subject} has a value that PostgreSQL cannot hold: ${reason}`, {
      hint: 'Correct the value in the source, choose another mapping (docs/type-mapping.md), or leave the table out.',
    })
  }

  private refusal(kind: LossKind, sample: string): DataError {
    return new DataError(`cannot load ${this.subject} has a value with a ${kind.replace('-', ' ')}: ${sample}`, {
      hint: 'Choose another mapping for such values (docs/type-mapping.md, "Values that do not fit").',
    })
  }
}

/** The value as text, cut when it is long; control characters and lone surrogates of texts made visible. */
function sampleOf(from: AvroReader, valueBegin: number, logical: LogicalType): string {
  const offset = from.offset
  from.offset = valueBegin
  const sample = ['text', 'xml', 'json'].includes(logical.kind) ? textSample(from) : String(readCell(from, logical))
  from.offset = offset
  return sample
}

function textSample(from: AvroReader): string {
  // Enough bytes for the characters shown; the value itself may be many megabytes.
  const text = decodeUtf8(from.readBytes().subarray(0, 4 * LONGEST_SAMPLE))
  return JSON.stringify(text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text)
}
