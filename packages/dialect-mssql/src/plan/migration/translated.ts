import type { Check, Column, Index, Table } from '@albackup/core'
import { addConstraint, parenthesised } from '../../ddl.ts'
import { quote } from '../../quote.ts'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { defaultOf } from './domains.ts'
import { translate } from './expressions.ts'
import { isEnforced } from './keys.ts'

/** The default of a column of another engine; each by itself, so that the table is there also where the target refuses one. */
export function planMigratedDefault(table: TableDraft, column: Column, object: string, planning: Planning): void {
  const given = defaultOf(column, planning.model)
  if (given === undefined || !table.made.has(column.name)) return
  const place = { table: table.source, purpose: 'default', kind: 'default', object, column } as const
  const value = translate(given, place, planning)
  if (value === undefined) return
  const words = `default ${parenthesised(value)} for ${quote(planning.names.column(table.source, column.name))}`
  planning.draft.add('tables', { kind: 'default', object, sql: addConstraint(table.name, words) })
  const made = { name: null, systemNamed: true, expression: { native: value } }
  planning.draft.schema.default(table.planned, planning.names.column(table.source, column.name), made)
}

/** A check of another engine by the names of the target, with its condition in T-SQL; undefined when it is left out. */
export function migratedCheck(table: TableDraft, check: Check, object: string, planning: Planning): Check | undefined {
  const place = { table: table.source, columns: table.made, purpose: 'check', kind: 'check', object } as const
  const native = translate(check.expression, place, planning)
  if (native === undefined) return undefined
  const enabled = check.enabled && isEnforced(check)
  return { ...check, name: planning.names.constraint(table.source, check.name), enabled, expression: { native } }
}

/** A column which another engine computes, by its name in the target and in T-SQL; undefined when it is left out. */
export function migratedComputed(table: Table, column: Column, object: string, planning: Planning): Column | undefined {
  const { expression, persisted } = column.computed!
  const place = { table, purpose: 'computed', kind: 'computed column', object, column } as const
  const native = translate(expression, place, planning)
  if (native === undefined) return undefined
  const { logical, nullable } = column
  const name = planning.names.column(table, column.name)
  // The server works out the type.
  return { name, native: { declaration: '' }, logical, nullable, computed: { expression: { native }, persisted } }
}

/** The filter of another engine's index in T-SQL; undefined when it has none, or none that a filtered index can have. */
export function migratedFilter(
  index: Index,
  table: TableDraft,
  object: string,
  planning: Planning,
): Index['filter'] | undefined {
  if (index.filter === undefined) return undefined
  const place = { table: table.source, purpose: 'filter', kind: 'index filter', object } as const
  const native = translate(index.filter, place, planning)
  return native === undefined ? undefined : { native }
}
