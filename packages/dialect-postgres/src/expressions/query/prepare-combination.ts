import type { Combination, LogicalType, Query } from '@albackup/core'
import { quote } from '../../quote.ts'
import { asType, meet } from '../choose.ts'
import type { ExpressionContext } from '../context.ts'
import { NULL, type Printed, refuse, whole } from '../printed.ts'
import { itemOf, type PreparedQuery, type Shape, sqlOf, withComparison } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'
import type { QueryPrinter } from './query-printer.ts'
import { isPlainKey, keyOf } from './row-keys.ts'

/** What equal rows are shown once of is called this way. */
const ROWS = 'rows'

export function prepareCombination(
  combination: Combination,
  printer: QueryPrinter,
  outer: PrintScope | undefined,
): PreparedQuery {
  const { kind } = combination
  const sides = [combination.left, combination.right].map((side) =>
    printer.prepare(kind === 'union' ? withDuplicates(side) : side, outer),
  )
  const [left, right] = sides as [PreparedQuery, PreparedQuery]
  if (left.columns.length !== right.columns.length) refuse('its queries have different numbers of columns')
  const types = left.columns.map((column, place) => common(column.value(), right.columns[place]!.value()))
  const columns = types.map((type) => ({ value: () => type }))
  const all = (shape?: Shape) => {
    const shaped: Shape = (value, place) => {
      const typed = converted(value, types[place]!)
      return shape === undefined ? itemOf(typed, printer.environment, logicalOf(types[place]!)) : shape(typed, place)
    }
    const [first, second] = [side(combination.left, left, shaped), side(combination.right, right, shaped)]
    return [...first, kind === 'union' ? 'union all' : kind, ...second]
  }
  const keyed = kind !== 'union all' && !types.every(isPlainKey)
  if (!keyed) return { columns, clauses: (shape) => plain(kind, all(shape)) }
  if (kind !== 'union') refuse('texts are compared by a collation of the source')
  return { columns, clauses: (shape) => [distinctOn(types, all().join(' '), shape, printer)] }
}

/** UNION shows each row once, whatever it is made of. */
function withDuplicates(query: Query): Query {
  if (query.kind === 'select') return { ...query, distinct: false }
  if (query.kind !== 'union') return query
  return { kind: 'union all', left: withDuplicates(query.left), right: withDuplicates(query.right) }
}

function plain(kind: Combination['kind'], clauses: readonly string[]): readonly string[] {
  return kind === 'union' ? clauses.map((clause) => (clause === 'union all' ? 'union' : clause)) : clauses
}

/** A combination stands in parentheses within another. */
function side(query: Query, prepared: PreparedQuery, shape: Shape): readonly string[] {
  return query.kind === 'select' ? prepared.clauses(shape) : [`(${sqlOf(prepared, shape)})`]
}

/** Texts of two collations have none in common. */
function common(one: Printed, other: Printed): Printed {
  const types = [one.type, other.type].flatMap((type) =>
    type.kind === 'text' && type.comparison ? [type.comparison] : [],
  )
  if (types.some((type) => JSON.stringify(type) !== JSON.stringify(types[0])))
    refuse('the texts have different collations')
  return meet(one, other)
}

function logicalOf({ type }: Printed): LogicalType | undefined {
  return type.kind === 'null' || type.kind === 'condition' ? undefined : type
}

function converted(value: Printed, common: Printed): Printed {
  const type = logicalOf(common)
  if (type === undefined || value.type.kind === 'null') return { ...NULL, ...(type && { type }), sql: 'null' }
  return asType(value, type)
}

function distinctOn(types: readonly Printed[], rows: string, shape: Shape | undefined, printer: QueryPrinter): string {
  const { environment } = printer
  const context: ExpressionContext = {
    purpose: 'view',
    column: () => undefined,
    ...(environment.text && { text: environment.text }),
  }
  const names = types.map((_, place) => `c${place + 1}`)
  const columns = types.map((type, place) => whole(quote(ROWS, names[place]!), withComparison(type, environment)))
  const keys = columns.flatMap((column) => keyOf(column, context, environment) ?? [])
  const items = columns.map((column, place) => (shape === undefined ? column.sql : shape(column, place)))
  const list = names.map((name) => quote(name)).join(', ')
  return `select distinct on (${keys.join(', ')}) ${items.join(', ')} from (${rows}) as ${quote(ROWS)} (${list})`
}
