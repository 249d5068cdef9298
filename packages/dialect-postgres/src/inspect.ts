import type { Finding, PlannedTable, RestorePlan, RowBytes, RowInspection } from '@albackup/core'
import { TableInspection } from './inspect/table-inspection.ts'

/** Encodes the rows as a load would. The rows of one table come one after another: what is known of them is kept until the next. */
export function inspect(_plan: RestorePlan): RowInspection {
  const found: Finding[] = []
  let current: { readonly table: PlannedTable; readonly inspection: TableInspection } | undefined
  const finish = () => {
    found.push(...(current?.inspection.findings() ?? []))
    current = undefined
  }
  return {
    take(table: PlannedTable, block: RowBytes): void {
      if (current?.table !== table) {
        finish()
        current = { table, inspection: new TableInspection(table) }
      }
      current.inspection.take(block)
    },
    findings(): readonly Finding[] {
      finish()
      return found
    },
  }
}
