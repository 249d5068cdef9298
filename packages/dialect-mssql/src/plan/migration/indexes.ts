import type { Index } from '@albackup/core'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { reportComparison } from './compared-keys.ts'
import { fitsInKey, targetColumns } from './keys.ts'
import { migratedFilter } from './translated.ts'

/** Those that find single values in an order or without one; both are ordinary indexes. */
const METHODS: readonly string[] = ['btree', 'hash']

/**
 * Another engine's index by the names of the target: one of its columns. One whose filter cannot be carried is over all rows, of
 * which it asks nothing. undefined, with a finding, when there can be none.
 */
export function migratedIndex(index: Index, object: string, table: TableDraft, planning: Planning): Index | undefined {
  if (!METHODS.includes(index.method)) {
    const message = `is left out: SQL Server has no index of its kind, ${index.method}`
    planning.draft.find('lost', 'index', object, message)
    return undefined
  }
  if (!fitsInKey(index.columns, 'index', object, table, planning)) return undefined
  if (index.unique) reportComparison(index.columns, 'index', object, table, planning)
  const { native: _, filter: original, included, ...kept } = index
  const filter = migratedFilter(index, table, object, planning)
  const overAll = original !== undefined && filter === undefined
  if (overAll) {
    if (index.unique) planning.draft.find('lost', 'index', object, 'is over all rows, and not unique: it refuses none')
    else planning.draft.find('changed', 'index', object, 'is over all rows')
  }
  return {
    ...kept,
    method: 'btree',
    columns: targetColumns(index.columns, table, planning),
    included: carriedOf(included, table, planning),
    ...(filter === undefined ? {} : { filter }),
    unique: index.unique && !overAll,
    clustered: false,
  }
}

function carriedOf(included: readonly string[], table: TableDraft, { names }: Planning): readonly string[] {
  return included.filter((name) => table.made.has(name)).map((name) => names.column(table.source, name))
}
