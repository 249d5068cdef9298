import { type Finding, fullName, type InspectedTable, type Loss, type PlannedTable } from '@albackup/core'
import { type PostgresPolicy, parsePolicy } from '../policy.ts'
import { CopyWriter } from '../wire/copy-writer.ts'
import type { LossKind } from '../wire/encoder.ts'
import { LossLedger } from '../wire/loss-ledger.ts'
import { columnEncoders, refusedKinds, rowBoundOf } from '../wire/row-encoder.ts'
import { EncodedRow } from './encoded-row.ts'
import { indexInspections } from './index-inspections.ts'
import { inspectNames } from './name-inspection.ts'
import { inspectRowWidth } from './row-width.ts'

/** Also losses that end a load are counted here, each of them. `nameable`: as in the plan. */
export function inspectTable(table: PlannedTable, nameable?: ReadonlySet<string>): InspectedTable {
  const name = fullName(table.source)
  const policy = parsePolicy(table.policy ?? {})
  const ledger = new LossLedger(name)
  const encoders = columnEncoders(table, policy, ledger, new Set())
  const refused = refusedKinds(policy)
  return {
    table,
    row: new EncodedRow(table, encoders, new CopyWriter(rowBoundOf(encoders))),
    checks: [...inspectRowWidth(table), ...indexInspections(table), ...inspectNames(table, nameable)],
    losses: () => ledger.list(),
    lossFinding: (loss) => lossFinding(name, loss, policy, refused),
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
