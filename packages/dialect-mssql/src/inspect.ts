import { inspectRows, type ReferenceRules, type RestorePlan, type RowInspection } from '@albackup/core'
import { foldedPlaces } from './inspect/collation.ts'
import { inspectTable } from './inspect/inspect-table.ts'
import { valuePolicy } from './value-policy.ts'

/** Only references between columns of the same type are looked at. */
const REFERENCES: ReferenceRules = {
  engine: 'SQL Server',
  foldedPlaces,
  comparable: (child, parent) => child.type === parent.type,
}

/** Of a backup of SQL Server nothing is to be found: its values are those of its types, and its keys hold. */
export function inspect(plan: RestorePlan): RowInspection {
  const isMigration = plan.tables.some((table) => valuePolicy(table).migrated)
  return inspectRows(isMigration ? plan : { ...plan, tables: [] }, REFERENCES, inspectTable)
}
