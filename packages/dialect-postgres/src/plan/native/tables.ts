import { fullName as sourceName, type Table } from '@albackup/core'
import { fullName, setDefault, setIdentity } from '../../ddl.ts'
import { nativeTable, serialStatements } from '../../native-ddl.ts'
import { identityFacts, partitionFacts, textsFact } from '../../native-facts.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** The table, its partitions, defaults and storage; keys and all else come when the rows are there. */
export function planNativeTable(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  const require = (sql: string, kind = 'table') => draft.require('tables', { kind, object, sql })
  require(nativeTable(table))
  for (const column of table.columns) {
    for (const sql of serialStatements(table, column)) require(sql, 'sequence')
    const { identity } = column
    if (identity !== undefined && identityFacts(identity) !== undefined) {
      const sql = setIdentity(table, column.name, identity.lastValue, identity.increment.startsWith('-'))
      draft.add('values', { kind: 'identity', object: `${sourceName(table)}.${column.name}`, sql })
    }
    if (column.default === undefined) continue
    require(setDefault(table, column.name, column.default.expression.native), 'default')
  }
  for (const partition of partitionFacts(table.native)) {
    const statement = { kind: 'partition', object: fullName(partition) }
    for (const sql of partition.statements) draft.require('tables', { ...statement, sql })
  }
  for (const clause of textsFact(table.native, 'settings')) {
    draft.add('tables', { kind: 'setting', object, sql: `alter table only ${object} ${clause}` })
  }
}
