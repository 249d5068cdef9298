import type { Combination, Query } from '@albackup/core'
import { refuse, whole } from '@albackup/core/printing'
import { quote } from '../../quote.ts'
import { asType, meet } from '../choose.ts'
import type { ExpressionContext } from '../context.ts'
import type { Printed } from '../printed.ts'
import type { QueryEnvironment } from './environment.ts'
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
  const { kind, left, right } = combination
  const prepare = (side: Query) => printer.prepare(kind === 'union' ? withDuplicates(side) : side, outer)
  const sides: Sides = [
    { query: left, prepared: prepare(left) },
    { query: right, prepared: prepare(right) },
  ]
  const types = commonColumns(sides)
  const columns = types.map((type) => ({ value: () => type }))
  const rows = (operator: Combination['kind'], shape?: Shape) => rowsOf(sides, types, operator, printer, shape)
  if (kind === 'union all') return { columns, clauses: (shape) => rows(kind, shape) }
  requireKeys(types, printer)
  if (types.every(isPlainKey)) return { columns, clauses: (shape) => rows(kind, shape) }
  if (kind !== 'union') refuse('texts are compared by a collation of the source')
  return { columns, clauses: (shape) => [distinctOn(types, rows('union all').join(' '), shape, printer)] }
}

type Sides = readonly [Side, Side]

interface Side {
  readonly query: Query
  readonly prepared: PreparedQuery
}

function commonColumns([left, right]: Sides): readonly Printed[] {
  const others = right.prepared.columns
  if (left.prepared.columns.length !== others.length) refuse('its queries have different numbers of columns')
  return left.prepared.columns.map((column, place) => common(column.value(), others[place]!.value()))
}

function rowsOf(
  sides: Sides,
  types: readonly Printed[],
  operator: Combination['kind'],
  { environment }: QueryPrinter,
  shape: Shape | undefined,
): readonly string[] {
  const shaped: Shape = (value, place) => {
    const typed = converted(value, types[place]!, environment)
    return shape === undefined ? itemOf(typed, environment) : shape(typed, place)
  }
  const [left, right] = sides
  const chained = operator === 'union all' && left.query.kind === operator
  return [...(chained ? left.prepared.clauses(shaped) : sideOf(left, shaped)), operator, ...sideOf(right, shaped)]
}

/** UNION shows each row once, whatever it is made of. */
function withDuplicates(query: Query): Query {
  if (query.kind === 'select') return { ...query, distinct: false }
  if (query.kind !== 'union') return query
  return { kind: 'union all', left: withDuplicates(query.left), right: withDuplicates(query.right) }
}

/** A combination stands in parentheses within another, unless it is a UNION ALL that goes on. */
function sideOf({ query, prepared }: Side, shape: Shape): readonly string[] {
  return query.kind === 'select' ? prepared.clauses(shape) : [`(${sqlOf(prepared, shape)})`]
}

/** Refuses where equal values cannot be told from others. */
function requireKeys(types: readonly Printed[], printer: QueryPrinter): void {
  for (const column of asColumns(types, printer)) keyOf(column, contextOf(printer))
}

/** Texts of two collations have none in common. */
function common(one: Printed, other: Printed): Printed {
  const types = [one.type, other.type].flatMap((type) =>
    type.kind === 'text' && type.comparison ? [type.comparison] : [],
  )
  if (types.some((type) => JSON.stringify(type) !== JSON.stringify(types[0])))
    refuse('the texts have different collations')
  return isSameType(one, other) ? whole('', one.type) : meet(one, other)
}

/** Of columns, not of literals: those take the type of what they meet. */
function isSameType(one: Printed, other: Printed): boolean {
  const literal = one.constant !== undefined || other.constant !== undefined || one.type.kind === 'null'
  return !literal && JSON.stringify(one.type) === JSON.stringify(other.type)
}

function converted(value: Printed, common: Printed, environment: QueryEnvironment): Printed {
  const { type } = common
  if (type.kind === 'null' || type.kind === 'condition' || isSameType(value, common)) return value
  if (value.type.kind === 'null') return whole(`null::${environment.typeOf(type)}`, type)
  return asType(value, type)
}

function contextOf({ environment: { text } }: QueryPrinter): ExpressionContext {
  return { purpose: 'view', column: () => undefined, ...(text && { text }) }
}

function asColumns(types: readonly Printed[], { environment }: QueryPrinter): readonly Printed[] {
  return types.map((type, place) => whole(quote(ROWS, nameOf(place)), withComparison(type, environment)))
}

function nameOf(place: number): string {
  return `c${place + 1}`
}

/** One of the rows that are the same. */
function distinctOn(types: readonly Printed[], rows: string, shape: Shape | undefined, printer: QueryPrinter): string {
  const columns = asColumns(types, printer)
  const keys = columns.flatMap((column) => keyOf(column, contextOf(printer)) ?? [])
  const items = columns.map((column, place) => (shape === undefined ? column.sql : shape(column, place)))
  const list = columns.map((_, place) => quote(nameOf(place))).join(', ')
  return `select distinct on (${keys.join(', ')}) ${items.join(', ')} from (${rows}) as ${quote(ROWS)} (${list})`
}
