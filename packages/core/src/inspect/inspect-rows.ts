import type { Finding, PlannedTable, RestorePlan, RowInspection } from '../dialect/dialect.ts'
import type { RowBytes } from '../row/row-block.ts'
import { lostReferences } from './lost-references.ts'
import { ReferenceInspections, type ReferenceRules } from './reference-inspection.ts'
import { type InspectedTable, TableInspection } from './table-inspection.ts'

/**
 * Encodes the rows as a load would. The rows of one table come one after another: what is known of them is kept until the next, but
 * for the keys that references are about.
 */
export function inspectRows(
  plan: RestorePlan,
  rules: ReferenceRules,
  open: (table: PlannedTable) => InspectedTable,
): RowInspection {
  const references = new ReferenceInspections(plan, rules)
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
    take(table: PlannedTable, block: RowBytes): number {
      if (current?.table !== table) {
        finish()
        current = { table, inspection: new TableInspection(open(table), references.of(table)) }
      }
      return current.inspection.take(block)
    },
    findings(): readonly Finding[] {
      finish()
      const lost = lostReferences(plan, found)
      const gone = new Set(lost.map(({ object }) => object))
      return [...found, ...lost, ...references.findings(incomplete).filter(({ object }) => !gone.has(object))]
    },
  }
}
