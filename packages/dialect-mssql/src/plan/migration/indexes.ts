import type { Index } from '@albackup/core'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { fitsInKey, targetColumns } from './keys.ts'

/**
 * Another engine's index by the names of the target: one of its columns; what its filter says is not known here. undefined, with a
 * finding, when there can be none.
 */
export function migratedIndex(index: Index, object: string, table: TableDraft, planning: Planning): Index | undefined {
  if (!fitsInKey(index.columns, 'index', object, table, planning)) return undefined
  const { native: _, filter, included, ...kept } = index
  if (filter !== undefined) {
    planning.draft.find('changed', 'index', object, 'is over all rows: its filter is in another language')
  }
  return {
    ...kept,
    columns: targetColumns(index.columns, table, planning),
    included: carriedOf(included, table, planning),
    unique: index.unique && filter === undefined,
    clustered: false,
  }
}

function carriedOf(included: readonly string[], table: TableDraft, { names }: Planning): readonly string[] {
  return included.filter((name) => table.made.has(name)).map((name) => names.column(table.source, name))
}
