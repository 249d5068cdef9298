import { type Key, fullName as sourceName } from '@albackup/core'
import { addKey } from '../ddl.ts'
import type { Planning } from './planning.ts'
import { carriedColumns, type TableDraft } from './table-draft.ts'
import { forbidsNulls, planComparison } from './uniqueness.ts'

/** Primary and unique keys. */
export function planKeys(table: TableDraft, planning: Planning): void {
  const { primaryKey, uniqueKeys } = table.source
  if (primaryKey !== undefined) planKey(table, primaryKey, 'primary key', planning)
  for (const key of uniqueKeys) planKey(table, key, 'unique key', planning)
}

function planKey(table: TableDraft, key: Key, kind: 'primary key' | 'unique key', planning: Planning): void {
  const { draft, names } = planning
  const object = `${sourceName(table.source)}.${key.name}`
  const sourceColumns = key.columns.map(({ name }) => name)
  const columns = carriedColumns(table, sourceColumns)
  if (columns === undefined) {
    draft.find('lost', kind, object, 'is left out, one of its columns is')
    return
  }
  const suffix = kind === 'primary key' ? 'pkey' : `${columns.join('_')}_key`
  const wanted = key.systemNamed ? `${table.target.name}_${suffix}` : key.name
  const name = names.claimKey(table.source, wanted)
  if (!key.systemNamed) draft.renamed(kind, object, names.spell(wanted), name)
  if (key.columns.some(({ descending }) => descending)) {
    draft.find('info', kind, object, 'its index is ascending in every column; PostgreSQL reads it in both directions')
  }
  if (key.clustered && kind === 'unique key') {
    draft.find('info', kind, object, 'was the order of the rows on disk; PostgreSQL keeps none')
  }
  const nullsNotDistinct = kind === 'unique key' && forbidsNulls(table.source, kind, object, sourceColumns, planning)
  const words = kind === 'primary key' ? kind : nullsNotDistinct ? 'unique nulls not distinct' : 'unique'
  draft.add('keys', { kind, object, table: sourceName(table.source), sql: addKey(table.target, words, name, columns) })
  const made = columns.map((column) => ({ name: column, descending: false }))
  draft.schema.key(table.target, kind, {
    ...{ name, systemNamed: false, columns: made, clustered: false },
    native: { nullsNotDistinct },
  })
  planComparison(table, { kind, object, columns: sourceColumns, name, nullsNotDistinct }, planning)
}
