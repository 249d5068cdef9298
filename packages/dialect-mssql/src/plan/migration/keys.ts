import { fullName, type Index, type Key, type PlannedStatement } from '@albackup/core'
import { addConstraint, constraintName, orderedColumns } from '../../ddl.ts'
import { quote } from '../../quote.ts'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { reportComparison } from './compared-keys.ts'
import { isKeyType } from './key-types.ts'

/** A primary or unique key of another engine. */
export function planMigratedKey(
  key: Key,
  kind: 'primary key' | 'unique',
  object: string,
  table: TableDraft,
  planning: Planning,
): void {
  const { names, draft } = planning
  const statement = { kind: kind === 'unique' ? 'unique key' : kind, object, table: fullName(table.source) }
  if (!fitsInKey(key.columns, statement.kind, object, table, planning)) return
  reportDeferrable(key, statement.kind, object, planning)
  reportComparison(key.columns, statement.kind, object, table, planning)
  const columns = targetColumns(key.columns, table, planning)
  const name = names.constraint(table.source, key.name)
  if (kind === 'primary key') {
    const make = (how: string) =>
      addConstraint(table.name, `${constraintName(name)}primary key ${how} (${orderedColumns(columns)})`)
    const message = 'is nonclustered: its entries are too long for a clustered index'
    const finding = { severity: 'changed', kind, object, message } as const
    draft.add('keys', { ...statement, sql: make('clustered'), fallback: { sql: make('nonclustered'), finding } })
    draft.schema.key(table.planned, kind, { name, systemNamed: false, columns, clustered: true })
    return
  }
  draft.add('keys', { ...statement, ...uniqueKey(key, name, columns, table, planning, object) })
}

/**
 * A unique key with a column that may be NULL lets in any number of rows with NULL in it, which SQL Server does with a filter
 * alone. What a foreign key refers to has none.
 */
function uniqueKey(
  key: Key,
  name: string,
  columns: Key['columns'],
  table: TableDraft,
  planning: Planning,
  object: string,
): Pick<PlannedStatement, 'sql' | 'fallback'> {
  const words = `${constraintName(name)}unique nonclustered (${orderedColumns(columns)})`
  const constraint = addConstraint(table.name, words)
  const filter = nullsFilter(key, table, planning)
  const { schema } = planning.draft
  const made = { name, columns, clustered: false }
  if (filter === undefined) {
    schema.key(table.planned, 'unique key', { ...made, systemNamed: false })
    return { sql: constraint }
  }
  const index = `create unique nonclustered index ${quote(name)} on ${table.name} (${orderedColumns(columns)}) where ${filter}`
  const columnNames = key.columns.map((column) => column.name)
  if (!planning.references!.isReferenced(table.source, columnNames)) {
    planning.draft.find('info', 'unique key', object, 'is a unique index without the rows with NULL, as it was')
    const facts = { method: 'btree', unique: true, included: [], enabled: true }
    schema.index(table.planned, { ...made, ...facts, filter: { native: filter } })
    return { sql: index }
  }
  const message = 'is a unique index without the rows with NULL, to which no foreign key can refer'
  planning.draft.find('changed', 'unique key', object, 'allows one row with NULL: a foreign key refers to it')
  schema.key(table.planned, 'unique key', { ...made, systemNamed: false })
  return {
    sql: constraint,
    fallback: { sql: index, finding: { severity: 'changed', kind: 'unique key', object, message } },
  }
}

/** `[a] is not null and …` for the columns of a unique key or index that may be NULL; undefined when none is, or NULLs were equal. */
export function nullsFilter(key: Key | Index, table: TableDraft, planning: Planning): string | undefined {
  if (/\bnulls not distinct\b/i.test(String(key.native?.definition ?? ''))) return undefined
  const nullable = key.columns.filter(({ name }) =>
    table.source.columns.some((column) => column.name === name && column.nullable),
  )
  if (nullable.length === 0) return undefined
  return targetColumns(nullable, table, planning)
    .map(({ name }) => `${quote(name)} is not null`)
    .join(' and ')
}

/** The columns by their names in the target. */
export function targetColumns<T extends { readonly name: string }>(
  columns: readonly T[],
  table: Pick<TableDraft, 'source'>,
  { names }: Planning,
): readonly T[] {
  return columns.map((column) => ({ ...column, name: names.column(table.source, column.name) }))
}

/** False, with a finding, when a column has a type that no key can be of. */
export function fitsInKey(
  columns: readonly { readonly name: string }[],
  kind: string,
  object: string,
  table: TableDraft,
  { draft }: Planning,
): boolean {
  const wide = table.planned.columns.filter(
    ({ source, type }) => columns.some(({ name }) => name === source.name) && !isKeyType(type),
  )
  if (wide.length === 0) return true
  const list = wide.map(({ name, type }) => `${quote(name)} ${type}`).join(', ')
  draft.find('lost', kind, object, `is left out: no key can have ${list}; the mapping can give it a type with a limit`)
  return false
}

/** What the source checks at the end of a transaction is checked at once. */
export function reportDeferrable(
  { native }: Pick<Key, 'native'>,
  kind: string,
  object: string,
  { draft }: Planning,
): void {
  if (!/\bdeferrable\b/i.test(String(native?.definition ?? '').replace(/\bnot deferrable\b/i, ''))) return
  draft.find(
    'changed',
    kind,
    object,
    'is checked with each statement: SQL Server defers none to the end of a transaction',
  )
}

/** Whether the source holds new rows to it. */
export function isEnforced({ native }: Pick<Key, 'native'>): boolean {
  return !/\bnot enforced\b/i.test(String(native?.definition ?? ''))
}
