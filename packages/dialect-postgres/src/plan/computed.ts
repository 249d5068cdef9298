import { type Column, fullName as sourceName, type Table } from '@albackup/core'
import type { ColumnDefinition } from '../ddl.ts'
import { targetType } from '../types.ts'
import { nativeType } from './made-columns.ts'
import type { Planning } from './planning.ts'
import { translate } from './translate.ts'

/** The computed columns of a table that could be translated. */
export interface ComputedColumns {
  readonly names: ReadonlyMap<string, string>
  /** By name in the source. */
  readonly definitions: ReadonlyMap<string, ColumnDefinition>
  /** The same as the target reflects them. */
  readonly made: ReadonlyMap<string, Column>
}

export function planComputed(table: Table, stored: ReadonlyMap<string, string>, planning: Planning): ComputedColumns {
  const names = new Map<string, string>()
  const definitions = new Map<string, ColumnDefinition>()
  const made = new Map<string, Column>()
  for (const column of table.columns) {
    if (column.computed === undefined) continue
    const object = `${sourceName(table)}.${column.name}`
    const place = { table, columns: stored, purpose: 'computed', kind: 'computed column', object } as const
    const sql = translate(column.computed.expression, { ...place, column: column.name }, planning)
    if (sql === undefined) continue
    const name = planning.names.columnsOf(table).get(column.name)!
    const { type } = targetType(column.logical, planning.policy, planning.features)
    names.set(column.name, name)
    definitions.set(column.name, { name, type: `${type} generated always as (${sql}) stored`, nullable: true })
    const { logical } = column
    made.set(column.name, {
      ...{ name, logical, native: nativeType(type), nullable: true },
      computed: { expression: { native: sql }, persisted: true },
    })
  }
  return { names, definitions, made }
}
