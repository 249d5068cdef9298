import type { PlannedColumn, Table } from '@albackup/core'
import type { TableName } from '../ddl.ts'

/** A table of the plan with what the other parts of the plan need to know of it. */
export interface TableDraft {
  readonly source: Table
  readonly target: TableName
  readonly columns: readonly PlannedColumn[]
  /** The names, in the target, of the columns that are there: stored ones, and computed ones that could be translated. */
  readonly carried: ReadonlyMap<string, string>
}

/** The target's names of the columns; undefined when one of them is not carried. */
export function carriedColumns(table: TableDraft, columns: readonly string[]): readonly string[] | undefined {
  const names = columns.map((column) => table.carried.get(column))
  return names.every((name) => name !== undefined) ? names : undefined
}
