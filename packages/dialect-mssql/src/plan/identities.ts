import type { Column, Table } from '@albackup/core'
import { reseedIdentity } from '../ddl.ts'
import { quote } from '../quote.ts'
import { boundsOf, planSequenceColumn, type SequenceFacts } from './migration/sequence-columns.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'
import type { TableDraft } from './tables.ts'

export function planIdentity(table: TableDraft, planning: Planning): void {
  const { source, name, made } = table
  for (const column of source.columns) {
    const { identity } = column
    if (identity === undefined || !made.has(column.name)) continue
    if (!countsByItself(source, column, planning)) {
      planSequenceColumn(table, column, planning)
      continue
    }
    const target = quote(planning.names.column(source, column.name))
    const sql = reseedIdentity(name, target, { last: identity.lastValue, increment: identity.increment })
    const object = `${table.object}.${sourceName(planning, column.name)}`
    planning.draft.add('values', { kind: 'identity', object, sql })
  }
}

/** SQL Server has one identity for a table, and none that may be NULL, has bounds of its own or begins anew. */
export function countsByItself(table: Table, column: Column, planning: Pick<Planning, 'model'>): boolean {
  if (column.identity === undefined || isOwn(planning)) return column.identity !== undefined
  return column === table.columns.find(canBeIdentity)
}

function canBeIdentity({ identity, nullable, logical }: Column): boolean {
  if (identity === undefined || nullable) return false
  const { minimum, maximum, cycle } = (identity.native ?? {}) as SequenceFacts
  if (cycle === true) return false
  if (logical.kind !== 'integer') return true
  const [least, greatest] = boundsOf(logical)
  const isBounded = identity.increment.startsWith('-')
    ? BigInt(minimum ?? least) > BigInt(least)
    : BigInt(maximum ?? greatest) < BigInt(greatest)
  return !isBounded
}
