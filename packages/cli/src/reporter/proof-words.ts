import type { PartsComparison } from '@albackup/core'
import type { RestoreReport } from '../jobs/restore-backup.ts'
import { countOf } from './quantities.ts'

interface ProofOutcome extends Pick<RestoreReport, 'proven' | 'tables' | 'rows'> {
  readonly perTable: readonly { readonly target: string; readonly proven: boolean | null }[]
}

/** Of rows that were read back, whenever that was. */
export function proofWords({ proven, perTable, tables, rows }: ProofOutcome): string {
  if (proven === null) return 'not asked for (--verify)'
  if (proven) return `every row is there, bit for bit: ${countOf(rows, 'row')} in ${countOf(tables, 'table')}`
  const differing = perTable.filter((table) => table.proven === false).map((table) => table.target)
  return `the rows differ in ${differing.join(', ')}`
}

/** Whether all is as planned, how much of it cannot be, and how much could not be told. */
export function schemaWords({ missing, unattainable, notCompared }: PartsComparison): string {
  const untold = notCompared.length === 0 ? '' : `; ${countOf(notCompared.length, 'part')} could not be compared`
  const refused = unattainable.length === 0 ? '' : `; ${countOf(unattainable.length, 'part')} cannot be`
  const rest = `${refused}${untold}`
  if (missing.length > 0) return `${countOf(missing.length, 'difference')}${rest}`
  return `all ${rest === '' ? '' : 'else '}is as the plan makes it${rest}`
}
