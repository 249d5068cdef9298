import { fullName as sourceName, type Table } from '@albackup/core'
import { fullName, setIdentity } from '../../ddl.ts'
import { nativeTable, serialStatements } from '../../native-ddl.ts'
import { identityFacts, partitionFacts, textsFact } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** The table and its partitions, as they must be before rows can come. */
export function planNativeTable(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  draft.require('tables', { kind: 'table', object, sql: nativeTable(table) })
  for (const partition of partitionFacts(table.native)) {
    const statement = { kind: 'partition', object: fullName(partition) }
    for (const sql of partition.statements) draft.require('tables', { ...statement, sql })
  }
}

/** Defaults and storage: when all tables, functions and sequences are there. */
export function planTableSettings(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  for (const column of table.columns) {
    for (const sql of serialStatements(table, column)) draft.require('tables', { kind: 'sequence', object, sql })
    const { identity } = column
    if (identity !== undefined && identityFacts(identity) !== undefined) {
      const sql = setIdentity(table, column.name, identity.lastValue, identity.increment.startsWith('-'))
      draft.add('values', { kind: 'identity', object: `${sourceName(table)}.${column.name}`, sql })
    }
    if (column.default === undefined) continue
    const sql = `alter table only ${object} alter column ${quote(column.name)} set default ${column.default.expression.native}`
    draft.add('tables', { kind: 'default', object: `${sourceName(table)}.${column.name}`, sql })
  }
  planClauses('setting', object, textsFact(table.native, 'settings'), draft)
  for (const partition of partitionFacts(table.native)) {
    planClauses('partition', fullName(partition), partition.settings, draft)
  }
}

function planClauses(kind: string, object: string, clauses: readonly string[], draft: NativePlanning['draft']): void {
  for (const clause of clauses) draft.add('tables', { kind, object, sql: `alter table only ${object} ${clause}` })
}
