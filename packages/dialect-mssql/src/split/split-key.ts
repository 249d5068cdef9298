import type { Key, KeyColumn, Table } from '@albackup/core'
import { type KeyForm, keyForm } from './key-form.ts'

/** What a table is split by. */
export interface SplitKey {
  /** Of the index, whose statistics are asked for. */
  readonly index: string
  readonly first: KeyForm
  /** For a first column with few values; only where neither of the two can be NULL. */
  readonly second: KeyForm | undefined
}

interface Candidate {
  readonly name: string
  readonly columns: readonly KeyColumn[]
  readonly clustered: boolean
  readonly primary: boolean
  readonly unique: boolean
}

/**
 * The clustered index if there is one, because its ranges lie together on disk; else the primary key, or a unique index whose first
 * column has no NULL. undefined for a heap, and for keys whose values cannot be written down.
 */
export function splitKey(table: Table): SplitKey | undefined {
  const candidates = candidatesOf(table)
  const candidate =
    candidates.find(({ clustered }) => clustered) ??
    candidates.find(({ primary }) => primary) ??
    candidates.find(({ unique, columns }) => unique && columnOf(table, columns[0])?.nullable === false)
  const [first, second] = (candidate?.columns ?? []).map((column) => formOf(table, column))
  if (candidate === undefined || first === undefined) return undefined
  const bothAlwaysThere = !first.column.nullable && second?.column.nullable === false
  return { index: candidate.name, first, second: bothAlwaysThere ? second : undefined }
}

function candidatesOf({ primaryKey, uniqueKeys, indexes }: Table): readonly Candidate[] {
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys]
  return [
    ...keys.filter(isEnabled).map((key) => ({ ...key, primary: key === primaryKey, unique: true })),
    ...indexes
      .filter(({ enabled, filter, method }) => enabled && filter === undefined && method === 'btree')
      .map((index) => ({ ...index, primary: false })),
  ]
}

function isEnabled({ native }: Key): boolean {
  return native?.disabled !== true
}

function columnOf(table: Table, key: KeyColumn | undefined) {
  return table.columns.find(({ name }) => name === key?.name)
}

function formOf(table: Table, key: KeyColumn): KeyForm | undefined {
  const column = columnOf(table, key)
  return column && keyForm(column)
}
