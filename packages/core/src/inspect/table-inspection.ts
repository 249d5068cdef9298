import type { Finding, Loss, PlannedTable } from '../dialect/dialect.ts'
import { CannotCarryError } from '../errors.ts'
import { fullName } from '../model/scope.ts'
import { AvroReader } from '../row/avro-reader.ts'
import type { RowBytes } from '../row/row-block.ts'
import type { InspectedRow, RowCheck } from './inspected-row.ts'

/** How the rows of one table are looked at. */
export interface InspectedTable {
  readonly table: PlannedTable
  readonly row: InspectedRow
  readonly checks: readonly RowCheck[]
  /** The values altered in the rows so far. */
  losses(): readonly Loss[]
  /** What becomes of them. */
  lossFinding(loss: Loss): Finding
}

/** Encodes the rows of a table as its load would, and sends them nowhere. */
export class TableInspection {
  private readonly inspected: InspectedTable
  private readonly others: readonly Pick<RowCheck, 'take'>[]
  private obstacle: string | undefined

  /** `others`: what else has to see the rows. */
  constructor(inspected: InspectedTable, others: readonly Pick<RowCheck, 'take'>[]) {
    this.inspected = inspected
    this.others = others
  }

  /** How many of the rows were looked at; the one that ends the load is the last. */
  take(block: RowBytes): number {
    if (this.obstacle !== undefined) return 0
    const from = new AvroReader(block.bytes)
    let rows = 0
    try {
      while (rows < block.rows && from.offset <= from.end) {
        rows++
        this.takeRow(from)
      }
    } catch (error) {
      if (!(error instanceof CannotCarryError)) throw error
      this.obstacle = error.message
      return rows
    }
    if (from.offset !== from.end) throw new RangeError(`${block.rows} rows end at ${from.offset} of ${from.end} bytes`)
    return rows
  }

  /** Every row given was looked at. */
  get isComplete(): boolean {
    return this.obstacle === undefined
  }

  findings(): readonly Finding[] {
    const { inspected, obstacle } = this
    const object = fullName(inspected.table.source)
    const message = `${obstacle}; the rows after it were not looked at`
    return [
      ...(obstacle === undefined ? [] : [{ severity: 'blocks', kind: 'table', object, message } as const]),
      ...inspected.losses().map((loss) => inspected.lossFinding(loss)),
      ...inspected.checks.flatMap((check) => check.findings()),
    ]
  }

  private takeRow(from: AvroReader): void {
    const { row, checks } = this.inspected
    row.encode(from)
    for (const check of checks) check.take(row)
    for (const other of this.others) other.take(row)
  }
}
