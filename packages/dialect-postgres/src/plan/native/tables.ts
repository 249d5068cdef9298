import { type Column, type Identity, fullName as sourceName, type Table } from '@albackup/core'
import { fullName } from '../../ddl.ts'
import { nativeTable, optionClauses, plainTable, serialStatements } from '../../native-ddl.ts'
import { type IdentityFacts, identityFacts, partitionFacts, textsFact } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import { advanceSequence, ofColumn, startSequence } from '../../sequence-ddl.ts'
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

/** The sequences of its serial columns; the default of another table may take values from them. */
export function planSerials(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  for (const column of table.columns) {
    for (const sql of serialStatements(table, column)) draft.require('tables', { kind: 'sequence', object, sql })
  }
}

/** Defaults and storage: when all tables, functions and sequences are there. */
export function planTableSettings(table: Table, { draft }: NativePlanning): void {
  const object = fullName(table)
  for (const column of table.columns) {
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
  const sql = nextValue(ofColumn(table, name), identity, facts)
  if (sql !== undefined) draft.add('values', { kind: 'identity', object: `${sourceName(table)}.${name}`, sql })
}

/** Where the origin's sequence stands, whatever values were given to the column by hand: one of them may be the greatest there is. */
function nextValue(
  sequence: string,
  { lastValue, increment }: Identity,
  { restart, cycle }: IdentityFacts,
): string | undefined {
  if (restart !== undefined) return startSequence(sequence, restart)
  return lastValue === null ? undefined : advanceSequence(sequence, lastValue, { increment, cycle })
}

function planClauses(kind: string, object: string, clauses: readonly string[], draft: NativePlanning['draft']): void {
  for (const clause of clauses) draft.add('tables', { kind, object, sql: `alter table only ${object} ${clause}` })
}
