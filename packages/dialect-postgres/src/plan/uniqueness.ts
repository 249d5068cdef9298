import type { Table } from '@albackup/core'
import type { Planning } from './planning.ts'

/** Unique constraints and indexes can treat NULLs as equal from this version on. */
const NULLS_NOT_DISTINCT = 150000

/** Whether to say NULLS NOT DISTINCT: the source allows one row with NULL in the key, standard SQL any number of them. */
export function forbidsNulls(
  table: Table,
  kind: string,
  object: string,
  columns: readonly string[],
  { target, draft }: Planning,
): boolean {
  const nullable = table.columns.some(({ name, nullable }) => nullable && columns.includes(name))
  if (!nullable) return false
  if (target.version >= NULLS_NOT_DISTINCT) return true
  draft.find('changed', kind, object, 'allows any number of rows with NULL: PostgreSQL can forbid that from 15 on')
  return false
}

/** Reports a key whose texts the source did not tell apart by case. */
export function reportComparison(
  table: Table,
  kind: string,
  object: string,
  columns: readonly string[],
  { draft }: Planning,
): void {
  const folded = table.columns.filter(
    ({ name, logical }) =>
      columns.includes(name) && logical.kind === 'text' && logical.comparison?.caseSensitive === false,
  )
  if (folded.length === 0) return
  const names = folded.map(({ name }) => name).join(', ')
  draft.find('changed', kind, object, `tells upper from lower case in ${names}, which the source did not`)
}
