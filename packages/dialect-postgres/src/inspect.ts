import { inspectRows, type ReferenceRules, type RestorePlan, type RowInspection } from '@albackup/core'
import { foldedPlaces } from './inspect/folded-places.ts'
import { inspectTable } from './inspect/inspect-table.ts'

/** Only references between columns of the same type are looked at. */
const REFERENCES: ReferenceRules = {
  engine: 'PostgreSQL',
  foldedPlaces,
  comparable: (child, parent) => comparedType(child.type) === comparedType(parent.type),
}

export function inspect(plan: RestorePlan): RowInspection {
  return inspectRows(plan, REFERENCES, inspectTable)
}

function comparedType(type: string): string {
  return type.replace(/^varchar\(\d+\)/, 'varchar')
}
