import type { LogicalType } from '@albackup/core'
import { INT, refuse, valueType } from '@albackup/core/printing'
import { NameSpace } from '../../names.ts'
import { quote } from '../../quote.ts'
import { columnName } from '../columns.ts'
import { asOperand } from '../convert.ts'
import type { Printed } from '../printed.ts'
import type { QueryEnvironment, TargetColumn } from './environment.ts'

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
  readonly direct?: TargetColumn
  /** What is shown of its companion; absent: the companion as it is. */
  readonly companion?: string
}

export function sqlOf(query: PreparedQuery, shape?: Shape): string {
  return query.clauses(shape).join(' ')
}

/** A value as a column of a query: typed, where a literal would not be. */
export function itemOf(value: Printed, environment: QueryEnvironment, expected: LogicalType = INT): string {
  const type = valueType(value)
  const { constant } = value
  if (type === null) return `null::${environment.typeOf(expected)}`
  if (type.kind === 'timestamp-offset' && environment.splitsOffsets)
    return refuse('the offset of its value has no column')
  return constant !== undefined && constant.type !== 'text' ? asOperand(value, type).sql : value.sql
}

/** A column as it is, followed by its companion. */
export function directItem(column: TargetColumn, companion = companionName(column)): string {
  return companion === undefined ? columnName(column) : `${columnName(column)}, ${companion}`
}

export function companionName(column: TargetColumn): string | undefined {
  return column.companion && columnName({ ...column, name: column.companion })
}

/** What the columns of a query are called where it is a relation, with what is known of them. */
export interface ShownColumns {
  /** With those of companions, in order, not yet quoted. */
  readonly names: readonly string[]
  readonly columns: ReadonlyMap<string, TargetColumn>
}

/** `wanted`: the names in the target, for those in the source. */
export function showColumns(
  query: PreparedQuery,
  sources: readonly string[],
  environment: QueryEnvironment,
  space = new NameSpace(),
  wanted: readonly string[] = sources,
): ShownColumns {
  const names: string[] = []
  const columns = new Map<string, TargetColumn>()
  for (const [place, column] of query.columns.entries()) {
    const name = space.claim(wanted[place]!)
    const companion = column.direct?.companion && space.claim(`${name}__offset`)
    names.push(...(companion === undefined ? [name] : [name, companion]))
    const { logical, type, inferred } = column.direct ?? inferredColumn(column.value(), environment)
    columns.set(sources[place]!, {
      name,
      logical,
      type,
      ...(inferred && { inferred }),
      ...(companion !== undefined && { companion }),
    })
  }
  return { names, columns }
}

function inferredColumn(value: Printed, environment: QueryEnvironment) {
  const logical = valueType(value) === null ? INT : withComparison(value, environment)
  return { logical, type: environment.typeOf(logical), inferred: true } as const
}

/** The type of a value; a text literal compares as texts do that are of no column. */
export function withComparison({ type, constant }: Printed, { comparison }: QueryEnvironment): LogicalType {
  const literal = type.kind === 'text' && constant !== undefined && type.comparison === undefined
  return (literal && comparison !== undefined ? { ...type, comparison } : type) as LogicalType
}

/** A query as a relation: what stands behind FROM. */
export function derivedTable(query: PreparedQuery, alias: string, names: readonly string[]): string {
  return `(${sqlOf(query)}) as ${quote(alias)} (${names.map((name) => quote(name)).join(', ')})`
}
