import { type Column, type Identity, fullName as sourceName, type Table } from '@albackup/core'
import { fullName } from '../../ddl.ts'
import { nativeTable, optionClauses, plainTable, serialStatements } from '../../native-ddl.ts'
import { type IdentityFacts, identityFacts, partitionFacts, textsFact } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import { restartSequence, setIdentity, setLastValue } from '../../sequence-ddl.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** The table and its partitions, as they must be before rows can come. */
export function planNativeTable(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  const message = 'has its columns and nothing more, the server refused the rest'
  const finding = { severity: 'changed', kind: 'table', object: sourceName(table), message } as const
  const fallback = { sql: plainTable(table), finding }
  draft.require('tables', { kind: 'table', object, sql: nativeTable(table), fallback })
  for (const partition of partitionFacts(table.native)) {
    // One that cannot be attached is not made either.
    const sql = partition.statements.join(';\n')
    draft.add('tables', { kind: 'partition', object: fullName(partition), sql })
  }
}

/** Defaults and storage: when all tables, functions and sequences are there. */
export function planTableSettings(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  for (const column of table.columns) {
    for (const sql of serialStatements(table, column)) draft.require('tables', { kind: 'sequence', object, sql })
    planLastValue(table, column, draft)
    if (column.default === undefined) continue
    const sql = `alter table only ${object} alter column ${quote(column.name)} set default ${column.default.expression.native}`
    draft.add('tables', { kind: 'default', object: `${sourceName(table)}.${column.name}`, sql })
  }
  const options = optionClauses(textsFact(table.native, 'options'))
  planClauses('setting', object, [...options, ...textsFact(table.native, 'settings')], draft)
  for (const partition of partitionFacts(table.native)) {
    planClauses('setting', fullName(partition), partition.settings, draft)
  }
}

function planLastValue(table: Table, { name, identity }: Column, draft: NativePlanning['draft']): void {
  const facts = identity && identityFacts(identity)
  if (identity === undefined || facts === undefined) return
  const sql = nextValue(table, name, identity, facts)
  if (sql !== undefined) draft.add('values', { kind: 'identity', object: `${sourceName(table)}.${name}`, sql })
}

/** A sequence that begins again when it has come to its end may stand anywhere: no value of the column is further than another. */
function nextValue(table: Table, column: string, identity: Identity, facts: IdentityFacts): string | undefined {
  const { sequence, restart, cycle } = facts
  if (restart !== undefined) return restartSequence(sequence, restart)
  if (!cycle) return setIdentity(table, column, identity, facts)
  return identity.lastValue === null ? undefined : setLastValue(sequence, identity.lastValue)
}

function planClauses(kind: string, object: string, clauses: readonly string[], draft: NativePlanning['draft']): void {
  for (const clause of clauses) draft.add('tables', { kind, object, sql: `alter table only ${object} ${clause}` })
}
