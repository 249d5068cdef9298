import { fullName, type Index, type Key } from '@albackup/core'
import { addConstraint, constraintName, orderedColumns, parenthesised } from '../ddl.ts'
import { quote } from '../quote.ts'
import { createIndex, indexOptions } from './index-words.ts'
import { migratedIndex } from './migration/indexes.ts'
import { nullsFilter, planMigratedKey } from './migration/keys.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'
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
  for (const part of parts.toSorted((one, other) => rank(one) - rank(other))) {
    const { name, columns } = part.kind === 'index' ? part.index : part.key
    if (!columns.every((column) => table.made.has(column.name))) {
      const message = isOwn(planning)
        ? 'is left out: it is over columns that the server keeps for itself'
        : 'is left out: one of its columns is'
      planning.draft.find('lost', kindOf(part), `${table.object}.${sourceName(planning, name)}`, message)
    } else if (part.kind === 'index') planIndex(part.index, table, planning)
    else planKey(part.key, part.kind, table, planning)
  }
}

function kindOf({ kind }: Part): string {
  return kind === 'unique' ? 'unique key' : kind
}

/** The sort is stable: keys stay in front of indexes. XML indexes need a clustered primary key, secondary ones a primary one. */
function rank(part: Part): number {
  const { clustered } = part.kind === 'index' ? part.index : part.key
  if (clustered) return 0
  if (part.kind !== 'index') return 1
  return part.index.native?.usingXmlIndex === undefined ? 2 : 3
}

function planKey(key: Key, kind: 'primary key' | 'unique', table: TableDraft, planning: Planning): void {
  const object = `${table.object}.${sourceName(planning, key.name)}`
  if (!isOwn(planning)) {
    planMigratedKey(key, kind, object, table, planning)
    return
  }
  const { native: facts, clustered } = key
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
  const object = `${table.object}.${sourceName(planning, index.name)}`
  const facts = isOwn(planning) ? index : migratedIndex(index, object, table, planning)
  if (facts === undefined) return
  const name = planning.names.index(table.source, index.name)
  const nulls = isOwn(planning) || !facts.unique ? undefined : unsaidNulls(index, facts, table, planning)
  const sql = createIndex({ ...facts, name }, { table: table.name, object, planning, nulls })
  if (sql === undefined) {
    planning.draft.find('lost', 'index', object, 'is left out: the catalog does not tell how it was made')
    return
  }
  table.indexes.set(index.name, name)
  if (!isOwn(planning)) planning.draft.schema.index(table.planned, madeIndex({ ...facts, name }, nulls))
  planning.draft.add('keys', { kind: 'index', object, table: fullName(table.source), sql })
  if (!index.enabled && isOwn(planning)) planDisabled(index, object, table, planning)
}

/** The filter of a unique index may say by itself that no NULL is in it. */
function unsaidNulls(index: Index, { filter }: Index, table: TableDraft, planning: Planning): string | undefined {
  const nulls = nullsFilter(index, table, planning)
  const isSaid = nulls !== undefined && filter !== undefined && parenthesised(filter.native) === parenthesised(nulls)
  return isSaid ? undefined : nulls
}

function madeIndex({ native: _, filter, ...index }: Index, nulls: string | undefined): Index {
  const own = filter === undefined ? [] : [parenthesised(filter.native)]
  const conditions = [...own, ...(nulls === undefined ? [] : [nulls])]
  return { ...index, ...(conditions.length > 0 && { filter: { native: conditions.join(' and ') } }) }
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
