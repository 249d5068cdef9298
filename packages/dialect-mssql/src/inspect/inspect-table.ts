import { type InspectedTable, type PlannedTable, storedColumns } from '@albackup/core'
import { valuePolicy } from '../value-policy.ts'
import { columnEncoder } from '../wire/encode/column-encoder.ts'
import { leftOutEncoder } from '../wire/encode/left-out.ts'
import { LossLedger } from '../wire/encode/loss-ledger.ts'
import { EncodedRow } from './encoded-row.ts'
import { indexChecks } from './index-checks.ts'
import { lossFinding } from './loss-finding.ts'
import { inspectedColumns } from './planned-column.ts'
import { rowWidth } from './row-width.ts'

/** Nothing is read back. */
const NO_FACTS = { replace() {} }

/** Also losses that end a load are counted here, each of them. */
export function inspectTable(table: PlannedTable): InspectedTable {
  if (!valuePolicy(table).migrated) return readOver(table)
  const policy = valuePolicy(table)
  const counting = policy.time.beyond === 'error' ? { beyond: 'null' as const } : policy.time
  const ledger = new LossLedger(NO_FACTS, { notANumber: 'null', time: counting })
  const columns = inspectedColumns(table)
  const encoders = columns.map(({ source, target, isSent }) =>
    isSent
      ? columnEncoder(source.logical, target.type, ledger.column({ ...source, nullable: true }))
      : leftOutEncoder(source),
  )
  return {
    table,
    row: new EncodedRow(columns, encoders),
    checks: [rowWidth(table, columns), ...indexChecks(table)],
    losses: () => ledger.list(),
    lossFinding: (loss) => lossFinding(table, loss),
  }
}

function readOver(table: PlannedTable): InspectedTable {
  const columns = storedColumns(table.source).map((source, i) => ({
    ...inspectedColumns({ ...table, columns: [{ ...table.columns[i]!, omitted: true }] })[0]!,
    source,
  }))
  const row = new EncodedRow(
    columns,
    columns.map(({ source }) => leftOutEncoder(source)),
  )
  return { table, row, checks: [], losses: () => [], lossFinding: (loss) => lossFinding(table, loss) }
}
