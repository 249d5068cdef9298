import type { PlanReport } from '../jobs/plan-report.ts'
import { formatCount } from './quantities.ts'

type PlannedRows = Pick<PlanReport, 'rows' | 'rowsRead'>

/** Whether the rows were looked at, all of each table or up to where its load would end, which is a finding of the table. */
export function rowsWereRead({ rows, rowsRead }: PlannedRows): boolean {
  return rowsRead > 0 || rows === 0
}

/** The end of what is said about how many there are; nothing where there are none. */
export function lookedAtWords({ rows, rowsRead }: PlannedRows): string {
  if (rows === 0) return ''
  if (rowsRead === 0) return '; none was looked at'
  return rowsRead === rows ? '; each was looked at' : `; ${formatCount(rowsRead)} of them were looked at`
}
