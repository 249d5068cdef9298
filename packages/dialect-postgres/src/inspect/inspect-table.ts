import {
  AvroReader,
  CannotCarryError,
  type Finding,
  fullName,
  type Loss,
  type PlannedTable,
  type RowBytes,
} from '@albackup/core'
import { type PostgresPolicy, parsePolicy } from '../policy.ts'
import { CopyWriter } from '../wire/copy-writer.ts'
import type { LossKind } from '../wire/encoder.ts'
import { LossLedger } from '../wire/loss-ledger.ts'
import { columnEncoders, refusedKinds, rowBoundOf } from '../wire/row-encoder.ts'
import { EncodedRow } from './encoded-row.ts'
import { type IndexInspection, indexInspections } from './index-inspections.ts'

/** Encodes the rows of a table as its load would, and sends them nowhere. */
export class TableInspection {
  private readonly table: PlannedTable
  private readonly policy: PostgresPolicy
  private readonly ledger: LossLedger
  private readonly writer: CopyWriter
  private readonly row: EncodedRow
  private readonly indexes: readonly IndexInspection[]
  private readonly others: readonly Pick<IndexInspection, 'take'>[]
  private obstacle: string | undefined

  /** `others`: what else has to see the rows. */
  constructor(table: PlannedTable, others: readonly Pick<IndexInspection, 'take'>[] = []) {
    this.table = table
    this.policy = parsePolicy(table.policy ?? {})
    this.ledger = new LossLedger(fullName(table.source))
    // Also losses that end a load are counted here, each of them.
    const encoders = columnEncoders(table, this.policy, this.ledger, new Set())
    this.writer = new CopyWriter(rowBoundOf(encoders))
    this.row = new EncodedRow(table, encoders, this.writer)
    this.indexes = indexInspections(table)
    this.others = others
  }

  take(block: RowBytes): void {
    if (this.obstacle !== undefined) return
    const from = new AvroReader(block.bytes)
    try {
      for (let i = 0; i < block.rows && from.offset <= from.end; i++) this.takeRow(from)
    } catch (error) {
      if (!(error instanceof CannotCarryError)) throw error
      this.obstacle = error.message
      return
    }
    if (from.offset !== from.end) throw new RangeError(`${block.rows} rows end at ${from.offset} of ${from.end} bytes`)
  }

  /** Every row given was looked at. */
  get isComplete(): boolean {
    return this.obstacle === undefined
  }

  findings(): readonly Finding[] {
    const object = fullName(this.table.source)
    const refused = refusedKinds(this.policy)
    return [
      ...(this.obstacle === undefined
        ? []
        : [
            {
              severity: 'blocks',
              kind: 'table',
              object,
              message: `${this.obstacle}; the rows after it were not looked at`,
            } as const,
          ]),
      ...this.ledger.list().map((loss) => lossFinding(object, loss, this.policy, refused)),
      ...this.indexes.flatMap((index) => index.findings()),
    ]
  }

  private takeRow(from: AvroReader): void {
    this.row.encode(from)
    for (const index of this.indexes) index.take(this.row)
    for (const other of this.others) other.take(this.row)
    if (this.writer.full) this.writer.recycle(this.writer.takeMessage())
  }
}

function lossFinding(
  table: string,
  { column, kind, count, samples }: Loss,
  policy: PostgresPolicy,
  refused: ReadonlySet<string>,
): Finding {
  const values = count === 1 ? 'a value has' : `${count} values have`
  const fate = refused.has(kind) ? 'which ends the load' : fateOf(kind as LossKind, policy)
  return {
    severity: refused.has(kind) ? 'blocks' : 'lost',
    kind: 'column',
    object: `${table}.${column}`,
    message: `${values} ${NAMES[kind as LossKind]}, ${fate}: ${samples.slice(0, 3).join(', ')}`,
  }
}

const NAMES: Readonly<Record<LossKind, string>> = {
  'nul-character': 'U+0000',
  'lone-surrogate': 'half a surrogate pair',
  'seventh-digit': 'a seventh digit',
  offset: 'an offset',
  'time-of-day': 'a time other than midnight',
  'no-hierarchyid': 'bytes that are no path',
}

function fateOf(kind: LossKind, { text }: PostgresPolicy): string {
  switch (kind) {
    case 'nul-character':
      return text.nul === 'strip' ? 'which is left out' : 'which becomes U+FFFD'
    case 'lone-surrogate':
      return 'which becomes U+FFFD'
    case 'seventh-digit':
      return 'which is cut off'
    case 'no-hierarchyid':
      return 'which are written in hexadecimal'
    case 'offset':
    case 'time-of-day':
      return 'which is given up'
  }
}
