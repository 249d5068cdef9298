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
  const nameable = plan.nameable && new Set(plan.nameable)
  return inspectRows(plan, REFERENCES, (table) => inspectTable(table, nameable))
}

function comparedType(type: string): string {
  return type.replace(/^varchar(\(\d+\))?/, 'text')
}
