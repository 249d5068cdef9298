import { type Index, type LogicalType, fullName as sourceName, type Table } from '@albackup/core'
import { analyze, createIndex, type IndexDefinition } from '../ddl.ts'
import { quote } from '../quote.ts'
import { planComment } from './comments.ts'
import type { Draft, Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'
import { translate } from './translate.ts'
import { forbidsNulls, planComparison } from './uniqueness.ts'

/** Columns of an index at most, included ones counted (pg_config_manual.h, INDEX_MAX_KEYS). */
const MOST_INDEX_COLUMNS = 32

/** Indexes that back no key; then what the server must know of the rows before it joins them. */
export function planIndexes(table: TableDraft, planning: Planning): void {
  for (const index of table.source.indexes) planIndex(table, index, planning)
  const object = sourceName(table.source)
  planning.draft.add('keys', { kind: 'statistics', object, table: object, sql: analyze(table.target) })
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
  draft.renamed('index', object, names.spell(index.name), name)
  const nullsNotDistinct = index.unique && forbidsNulls(table.source, 'index', object, namesOf(index), planning)
  const definition = { name, unique: index.unique, nullsNotDistinct, filter }
  const columns = index.columns.map((column) => ({ ...column, name: table.carried.get(column.name)! }))
  const included = includedColumns(table, index, object, planning)
  addIndex(table, { ...definition, columns, included }, object, draft)
  draft.schema.index(table.target, {
    ...{ name, unique: index.unique, clustered: false, method: 'btree', columns, included, enabled: true },
    ...(filter !== undefined && { filter: { native: filter } }),
    ...(index.comment !== undefined && { comment: index.comment }),
    native: { nullsNotDistinct },
  })
  if (index.unique) {
    planComparison(table, { kind: 'index', object, columns: namesOf(index), name, filter, nullsNotDistinct }, planning)
  }
  planComment('index', quote(table.target.schema, name), index.comment, planning)
}

function obstacleTo(table: TableDraft, { method, enabled, columns }: Index): string | undefined {
  if (method !== 'btree') return `PostgreSQL has no ${method} index of this kind`
  if (!enabled) return 'it was disabled in the source'
  return columns.every(({ name }) => table.carried.has(name)) ? undefined : 'one of its columns is'
}

function namesOf({ columns }: Index): readonly string[] {
  return columns.map(({ name }) => name)
}

/** Included columns may make an entry longer than PostgreSQL allows, which shows only when the index is made. */
function addIndex(table: TableDraft, index: IndexDefinition, object: string, draft: Draft): void {
  const statement = { kind: 'index', object, table: sourceName(table.source), sql: createIndex(table.target, index) }
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
  const kept = keptIncluded(table.source, index).filter((name) => table.carried.has(name))
  const dropped = index.included.filter((name) => !kept.includes(name))
  if (dropped.length > 0) draft.find('changed', 'index', object, `does not include ${dropped.join(', ')}: too wide`)
  return kept.map((name) => table.carried.get(name)!)
}

/** The included columns that are not too wide, by their names in the source. */
export function keptIncluded({ columns }: Table, index: Index): readonly string[] {
  const narrow = index.included.filter((name) => {
    const column = columns.find((one) => one.name === name)
    return column !== undefined && !isUnlimited(column.logical)
  })
  return narrow.slice(0, Math.max(0, MOST_INDEX_COLUMNS - index.columns.length))
}

function isUnlimited(type: LogicalType): boolean {
  if (type.kind === 'text' || type.kind === 'binary') return type.length === null
  return type.kind === 'xml' || type.kind === 'json' || type.kind === 'variant'
}
