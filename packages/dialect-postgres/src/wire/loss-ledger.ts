import { type AvroReader, CannotCarryError, DataError, type LogicalType, type Loss, LossCounter } from '@albackup/core'
import type { ColumnLosses, LossKind } from './encoder.ts'

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
    return this.columns.flatMap((column) => column.list())
  }
}

class ColumnLedger extends LossCounter<LossKind> implements ColumnLosses {
  private readonly subject: string
  private readonly refused: ReadonlySet<LossKind>

  constructor(subject: string, column: string, logical: LogicalType, refused: ReadonlySet<LossKind>) {
    super(column, logical)
    this.subject = subject
    this.refused = refused
  }

  override count(kind: LossKind, from: AvroReader, valueBegin: number): void {
    if (this.refused.has(kind)) throw this.refusal(kind, this.sample(from, valueBegin))
    super.count(kind, from, valueBegin)
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
