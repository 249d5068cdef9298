import type { Finding, PlannedTable, RestorePlan, RowBytes, RowInspection } from '@albackup/core'
import { ReferenceInspections } from './inspect/reference-inspection.ts'
import { TableInspection } from './inspect/table-inspection.ts'

/**
 * Encodes the rows as a load would. The rows of one table come one after another: what is known of them is kept until the next, but
 * for the keys that references are about.
 */
export function inspect(plan: RestorePlan): RowInspection {
  const references = new ReferenceInspections(plan)
  const incomplete = new Set<PlannedTable>()
  const found: Finding[] = []
  let current: { readonly table: PlannedTable; readonly inspection: TableInspection } | undefined
  const finish = () => {
    if (current === undefined) return
    found.push(...current.inspection.findings())
    if (!current.inspection.isComplete) incomplete.add(current.table)
    current = undefined
  }
  return {
    take(table: PlannedTable, block: RowBytes): void {
      if (current?.table !== table) {
        finish()
        current = { table, inspection: new TableInspection(table, references.of(table)) }
      }
      current.inspection.take(block)
    },
    findings(): readonly Finding[] {
      finish()
      return [...found, ...references.findings(incomplete)]
    },
  }
}
