import { type Index, type Key, type LogicalType, fullName as sourceName, type Table } from '@albackup/core'
import { addKey, analyze, createIndex, type IndexDefinition } from '../ddl.ts'
import type { Draft, Planning } from './planning.ts'
import { carriedColumns, type TableDraft } from './table-draft.ts'
import { translate } from './translate.ts'

/** Unique constraints and indexes can treat NULLs as equal from this version on. */
const NULLS_NOT_DISTINCT = 150000

/** Columns of an index at most, included ones counted (pg_config_manual.h, INDEX_MAX_KEYS). */
const MOST_INDEX_COLUMNS = 32

/** Primary and unique keys. */
export function planKeys(table: TableDraft, planning: Planning): void {
  const { primaryKey, uniqueKeys } = table.source
  if (primaryKey !== undefined) planKey(table, primaryKey, 'primary key', planning)
  for (const key of uniqueKeys) planKey(table, key, 'unique key', planning)
}

/** Indexes that back no key; then what the server must know of the rows before it joins them. */
export function planIndexes(table: TableDraft, planning: Planning): void {
  for (const index of table.source.indexes) planIndex(table, index, planning)
  const object = sourceName(table.source)
  planning.draft.add('keys', { kind: 'statistics', object, sql: analyze(table.target) })
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
  if (!key.systemNamed) draft.renamed(kind, object, wanted, name)
  if (key.columns.some(({ descending }) => descending)) {
    draft.find('info', kind, object, 'its index is ascending in every column; PostgreSQL reads it in both directions')
  }
  if (key.clustered && kind === 'unique key') {
    draft.find('info', kind, object, 'was the order of the rows on disk; PostgreSQL keeps none')
  }
  reportComparison(table.source, kind, object, sourceColumns, planning)
  const nullsNotDistinct = kind === 'unique key' && forbidsNulls(table.source, kind, object, sourceColumns, planning)
  const words = kind === 'primary key' ? kind : nullsNotDistinct ? 'unique nulls not distinct' : 'unique'
  draft.add('keys', { kind, object, sql: addKey(table.target, words, name, columns) })
}

function planIndex(table: TableDraft, index: Index, planning: Planning): void {
  const { draft, names } = planning
  const object = `${sourceName(table.source)}.${index.name}`
  const obstacle = obstacleTo(table, index)
  if (obstacle !== undefined) {
    draft.find('lost', 'index', object, `is left out, ${obstacle}`)
    return
  }
  const filter = index.filter && translateFilter(table, index, object, planning)
  // Without its filter a unique index would refuse rows that the source allows.
  if (index.filter !== undefined && filter === undefined && index.unique) return
  if (index.clustered) draft.find('info', 'index', object, 'was the order of the rows on disk; PostgreSQL keeps none')
  const name = names.claimRelation(table.target.schema, index.name, object)
  draft.renamed('index', object, index.name, name)
  const definition = { name, unique: index.unique, ...uniqueness(table.source, index, object, planning), filter }
  const columns = index.columns.map((column) => ({ ...column, name: table.carried.get(column.name)! }))
  addIndex(table, { ...definition, columns, included: includedColumns(table, index, object, planning) }, object, draft)
}

function obstacleTo(table: TableDraft, { method, enabled, columns }: Index): string | undefined {
  if (method !== 'btree') return `PostgreSQL has no ${method} index of this kind`
  if (!enabled) return 'it was disabled in the source'
  return columns.every(({ name }) => table.carried.has(name)) ? undefined : 'one of its columns is'
}

function uniqueness(table: Table, { unique, columns }: Index, object: string, planning: Planning) {
  if (!unique) return { nullsNotDistinct: false }
  const names = columns.map(({ name }) => name)
  reportComparison(table, 'index', object, names, planning)
  return { nullsNotDistinct: forbidsNulls(table, 'index', object, names, planning) }
}

/** Included columns may make an entry longer than PostgreSQL allows, which shows only when the index is made. */
function addIndex(table: TableDraft, index: IndexDefinition, object: string, draft: Draft): void {
  const statement = { kind: 'index', object, sql: createIndex(table.target, index) }
  if (index.included.length === 0) {
    draft.add('keys', statement)
    return
  }
  const message = 'has no included columns, the server refused it with them'
  const finding = { severity: 'changed', kind: 'index', object, message } as const
  draft.add('keys', { ...statement, fallback: { sql: createIndex(table.target, { ...index, included: [] }), finding } })
}

function translateFilter(table: TableDraft, index: Index, object: string, planning: Planning): string | undefined {
  const kind = index.unique ? 'index' : 'index filter'
  const place = { table: table.source, columns: table.carried, purpose: 'filter', kind, object } as const
  return translate(index.filter!, place, planning)
}

/** Included columns without those that a row may fill beyond the length of an index entry. */
function includedColumns(table: TableDraft, index: Index, object: string, { draft }: Planning): readonly string[] {
  const { columns } = table.source
  const narrow = index.included.filter((name) => {
    const column = columns.find((one) => one.name === name)
    return column !== undefined && table.carried.has(name) && !isUnlimited(column.logical)
  })
  const kept = narrow.slice(0, Math.max(0, MOST_INDEX_COLUMNS - index.columns.length))
  const dropped = index.included.filter((name) => !kept.includes(name))
  if (dropped.length > 0) draft.find('changed', 'index', object, `does not include ${dropped.join(', ')}: too wide`)
  return kept.map((name) => table.carried.get(name)!)
}

function isUnlimited(type: LogicalType): boolean {
  if (type.kind === 'text' || type.kind === 'binary') return type.length === null
  return type.kind === 'xml' || type.kind === 'json' || type.kind === 'variant'
}

/** Whether to say NULLS NOT DISTINCT: the source allows one row with NULL in the key, standard SQL any number of them. */
function forbidsNulls(
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

function reportComparison(
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
