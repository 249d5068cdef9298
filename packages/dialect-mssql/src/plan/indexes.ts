import { fullName, type Index, type Key } from '@albackup/core'
import { addConstraint, constraintName, orderedColumns } from '../ddl.ts'
import { quote } from '../quote.ts'
import { createIndex, indexOptions } from './index-words.ts'
import { isOwn, type Planning } from './planning.ts'
import type { TableDraft } from './tables.ts'

type Part =
  | { readonly kind: 'primary key' | 'unique'; readonly key: Key }
  | { readonly kind: 'index'; readonly index: Index }

/** The clustered one first, so that the others are made once over the rows in their place; then keys, then indexes. */
export function planIndexes(table: TableDraft, planning: Planning): void {
  const { primaryKey, uniqueKeys, indexes } = table.source
  const parts: readonly Part[] = [
    ...(primaryKey === undefined ? [] : [{ kind: 'primary key', key: primaryKey } as const]),
    ...uniqueKeys.map((key) => ({ kind: 'unique', key }) as const),
    ...indexes.map((index) => ({ kind: 'index', index }) as const),
  ]
  const known = new Set(table.source.columns.map(({ name }) => name))
  for (const part of parts.toSorted((one, other) => rank(one) - rank(other))) {
    const { name, columns } = part.kind === 'index' ? part.index : part.key
    if (!columns.every((column) => known.has(column.name))) {
      const message = 'is left out: it is over columns that the server keeps for itself'
      planning.draft.find('lost', 'index', `${table.object}.${quote(name)}`, message)
    } else if (part.kind === 'index') planIndex(part.index, table, planning)
    else planKey(part.key, part.kind, table, planning)
  }
}

/** The sort is stable: keys stay in front of indexes. XML indexes need a clustered primary key, secondary ones a primary one. */
function rank(part: Part): number {
  const { clustered } = part.kind === 'index' ? part.index : part.key
  if (clustered) return 0
  if (part.kind !== 'index') return 1
  return part.index.native?.usingXmlIndex === undefined ? 2 : 3
}

function planKey(key: Key, kind: 'primary key' | 'unique', table: TableDraft, planning: Planning): void {
  const own = isOwn(planning)
  const facts = own ? key.native : undefined
  const object = `${table.object}.${quote(key.name)}`
  const clustered = own ? key.clustered : kind === 'primary key'
  const disabled = facts?.disabled === true
  // A key that is switched off afterwards must be called by a name.
  const name = constraintName(key.systemNamed && !disabled ? null : key.name)
  const words = `${name}${kind} ${clustered ? 'clustered' : 'nonclustered'} (${orderedColumns(key.columns)})`
  const sql = addConstraint(table.name, `${words}${indexOptions(facts, object, planning)}`)
  planning.draft.add('keys', {
    kind: kind === 'unique' ? 'unique key' : kind,
    object,
    table: fullName(table.source),
    sql,
  })
  if (disabled) planDisabled(key, object, table, planning)
}

function planIndex(index: Index, table: TableDraft, planning: Planning): void {
  const object = `${table.object}.${quote(index.name)}`
  const facts = isOwn(planning) ? index : withoutNative(index, object, planning)
  const sql = createIndex(facts, { table: table.name, object, planning })
  if (sql === undefined) {
    const reason = isOwn(planning) ? 'the catalog does not tell how it was made' : 'SQL Server has no index of its kind'
    planning.draft.find('lost', 'index', object, `is left out: ${reason}`)
    return
  }
  planning.draft.add('keys', { kind: 'index', object, table: fullName(table.source), sql })
  if (!index.enabled && isOwn(planning)) planDisabled(index, object, table, planning)
}

/** Another engine's index is one of its columns; what its filter says is not known here. */
function withoutNative({ native: _, filter, ...index }: Index, object: string, { draft }: Planning): Index {
  if (filter !== undefined)
    draft.find('changed', 'index', object, 'is over all rows: its filter is in another language')
  const unique = index.unique && filter === undefined
  return { ...index, unique, clustered: false }
}

/** A table cannot be read while its clustered index is disabled: that one stays. */
function planDisabled(index: Index | Key, object: string, table: TableDraft, { draft }: Planning): void {
  if (index.clustered) {
    draft.find('changed', 'index', object, 'is enabled: without its clustered index the table could not be read')
    return
  }
  const sql = `alter index ${quote(index.name)} on ${table.name} disable`
  draft.add('references', { kind: 'index', object, sql })
}
