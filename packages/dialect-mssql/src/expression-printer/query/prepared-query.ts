import type { LogicalType } from '@albackup/core'
import { INT, valueType } from '@albackup/core/printing'
import { columnList } from '../../ddl.ts'
import { foreignType } from '../../plan/foreign-types.ts'
import { quote } from '../../quote.ts'
import { columnName } from '../column-types.ts'
import { COLLATION } from '../compare-texts.ts'
import type { ContextColumn } from '../context.ts'
import { asComputed } from '../literals.ts'
import type { Printed } from '../printed.ts'
import type { QueryEnvironment } from './environment.ts'

/** A query of which it is known what columns it has, and not yet what is made of them. */
export interface PreparedQuery {
  readonly columns: readonly PreparedColumn[]
  /** Its clauses in order. `shape`: what is shown of a value; without it, the columns as they are. */
  clauses(shape?: Shape): readonly string[]
}

export type Shape = (value: Printed, place: number) => string

export interface PreparedColumn {
  /** Refuses where the target has the values of the column in another type. */
  value(): Printed
  /** A column of a relation as it is, in whatever type the target has it. */
  readonly direct?: ContextColumn
}

export function sqlOf(query: PreparedQuery, shape?: Shape): string {
  return query.clauses(shape).join(' ')
}

/** The values of a query's columns. */
export function valuesOf({ columns }: PreparedQuery): readonly Printed[] {
  return columns.map((column) => column.value())
}

export function shown({ value, direct }: PreparedColumn, place: number, shape: Shape = itemOf): string {
  return direct === undefined || shape !== itemOf ? shape(value(), place) : columnName(direct)
}

/** A value as a column of a query, in its type: a bit is one, and NULL has one. */
export function itemOf(value: Printed): string {
  const type = valueType(value)
  if (type === null) return nullOf(INT)
  if (type.kind !== 'boolean' || value.column === true) return asComputed(value).sql
  return value.sql.endsWith(' as bit)') ? value.sql : `cast(${value.sql} as bit)`
}

export function nullOf(type: LogicalType): string {
  return `cast(null as ${foreignType(type).declaration})`
}

/** What the columns of a query are called where it is a relation, with what is known of them. */
export interface ShownColumns {
  /** In order, not yet quoted. */
  readonly names: readonly string[]
  readonly columns: ReadonlyMap<string, ContextColumn>
}

/** `wanted`: the names in the target, for those in the source. */
export function showColumns(
  query: PreparedQuery,
  sources: readonly string[],
  environment: QueryEnvironment,
  wanted: readonly string[] = sources,
): ShownColumns {
  const space = environment.nameSpace()
  const names = query.columns.map((_, place) => space.claim(wanted[place]!))
  const columns = query.columns.map(({ direct, value }, place) => {
    const { of: _, ...column } = direct ?? inferredColumn(value(), environment)
    return [sources[place]!, { ...column, name: names[place]! }] as const
  })
  return { names, columns: new Map(columns) }
}

/** Words that compare a text by its characters are said again where it is compared: beside them each collation gives way. */
function inferredColumn(value: Printed, environment: QueryEnvironment): Omit<ContextColumn, 'name'> & { of?: string } {
  const logical = withComparison(value, environment)
  return {
    logical,
    type: foreignType(logical).declaration,
    ...(value.collated === 'column' && { collation: COLLATION }),
    ...(logical.kind === 'decimal' && { anyScale: true }),
  }
}

/** The type of a value; a text literal compares as texts do that are of no column. */
export function withComparison(value: Printed, { comparison }: QueryEnvironment): LogicalType {
  const type = valueType(value) ?? INT
  const isLiteral = type.kind === 'text' && value.constant !== undefined && type.comparison === undefined
  return isLiteral && comparison !== undefined ? { ...type, comparison } : type
}

/** A query as a relation: what stands behind FROM. */
export function derivedTable(sql: string, alias: string, names: readonly string[]): string {
  return `(${sql}) as ${quote(alias)} (${columnList(names)})`
}
