import { type Index, type Key, fullName as sourceName, type Table } from '@albackup/core'
import { analyze, fullName } from '../../ddl.ts'
import { textFact } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/**
 * Primary and unique keys; those of a partitioned table are joined by those of its partitions one by one, but for those that exclude
 * what overlaps: the server attaches none (`CompareIndexInfo`).
 */
export function planNativeKeys(table: Table, planning: NativePlanning): void {
  const { primaryKey, uniqueKeys } = table
  if (primaryKey !== undefined) planKey(table, primaryKey, 'primary key', planning)
  for (const key of uniqueKeys) planKey(table, key, 'unique key', planning)
}

export function planNativeIndexes(table: Table, planning: NativePlanning): void {
  for (const index of table.indexes) planIndex(table, index, planning)
  const object = sourceName(table)
  planning.draft.add('keys', { kind: 'statistics', object, ...alone(table), sql: analyze(table) })
}

function planKey(table: Table, { name, native }: Key, kind: string, { draft }: NativePlanning): void {
  const object = `${sourceName(table)}.${name}`
  const definition = textFact(native, 'definition')
  if (definition === undefined) draft.find('lost', kind, object, 'is left out, the backup has no definition of it')
  else {
    const only = definition.includes(' WITHOUT OVERLAPS)') ? '' : 'only '
    const sql = addConstraint(`${only}${fullName(table)}`, name, definition)
    draft.add('keys', { kind, object, ...alone(table), sql })
  }
}

function planIndex(table: Table, { name, native, enabled }: Index, { draft }: NativePlanning): void {
  const object = `${sourceName(table)}.${name}`
  const definition = textFact(native, 'definition')
  if (definition === undefined) draft.find('lost', 'index', object, 'is left out, the backup has no definition of it')
  else if (!enabled && table.native?.partitionBy === undefined) {
    draft.find('lost', 'index', object, 'is left out, it was not valid in the source')
  } else draft.add('keys', { kind: 'index', object, ...alone(table), sql: definition })
}

/** Keys of partitions join that of their table, and an inherited table is locked with its parent. */
function alone(table: Table): { readonly table?: string } {
  const { partitionBy, inherits } = table.native ?? {}
  return partitionBy === undefined && inherits === undefined ? { table: sourceName(table) } : {}
}

/** `table`: quoted, with what `alter table` says before it. */
export function addConstraint(table: string, name: string, definition: string): string {
  return `alter table ${table} add constraint ${quote(name)} ${definition}`
}
