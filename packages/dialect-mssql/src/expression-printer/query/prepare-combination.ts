import type { Combination, Query } from '@albackup/core'
import { refuse, whole } from '@albackup/core/printing'
import { commonType } from '../common-type.ts'
import { collated } from '../compare-texts.ts'
import type { ExpressionContext } from '../context.ts'
import { asType } from '../convert.ts'
import { collationOf, type Printed } from '../printed.ts'
import type { QueryEnvironment } from './environment.ts'
import { itemOf, nullOf, type PreparedQuery, type Shape, sqlOf, valuesOf } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'
import type { QueryPrinter } from './query-printer.ts'
import { isPlainKey, keyedItems, withoutKeys } from './row-keys.ts'

export function prepareCombination(
  { kind, left, right }: Combination,
  printer: QueryPrinter,
  outer: PrintScope | undefined,
): PreparedQuery {
  const { environment } = printer
  const [one, other] = [left, right].map((side): Side => {
    const query = kind === 'union' ? withDuplicates(side) : side
    return { query, prepared: printer.prepare(query, outer) }
  }) as [Side, Side]
  const types = commonColumns(one.prepared, other.prepared).map((type) => compared(type, environment))
  const columns = types.map((type) => ({ value: () => type }))
  const rows = (shape?: Shape) => rowsOf(one, other, types, kind, shape)
  if (kind === 'union all' || types.every(isPlainKey)) return { columns, clauses: rows }
  return { columns, clauses: (shape) => [withoutKeys(types, rows(keyedItems(types)).join(' '), environment, shape)] }
}

interface Side {
  readonly query: Query
  readonly prepared: PreparedQuery
}

/** UNION shows each row once, whatever it is made of. */
function withDuplicates(query: Query): Query {
  if (query.kind === 'select') return { ...query, distinct: false }
  if (query.kind !== 'union') return query
  return { kind: 'union all', left: withDuplicates(query.left), right: withDuplicates(query.right) }
}

function commonColumns(left: PreparedQuery, right: PreparedQuery): readonly Printed[] {
  const others = valuesOf(right)
  if (left.columns.length !== others.length) refuse('its queries have different numbers of columns')
  return valuesOf(left).map((value, place) => common(value, others[place]!))
}

function isLiteral({ constant, type }: Printed): boolean {
  return constant !== undefined || type.kind === 'null'
}

/** Of two literals, one of them stands for both. */
function common(one: Printed, other: Printed): Printed {
  const types = [one, other].flatMap(({ type }) => (type.kind === 'text' && type.comparison ? [type.comparison] : []))
  if (types.some((type) => JSON.stringify(type) !== JSON.stringify(types[0]))) {
    refuse('its texts compare by different rules')
  }
  if (isSameType(one, other)) return { ...whole('', one.type), ...collationOf(one, other) }
  const type = commonType(one, other) ?? { kind: 'null' }
  const constant = isLiteral(one) && isLiteral(other) ? (one.constant ?? other.constant) : undefined
  return { ...whole('', type), ...collationOf(one, other), ...(constant && { constant }) }
}

/** What is left of literals compares as texts do that are of no column. */
function compared(printed: Printed, { comparison }: QueryEnvironment): Printed {
  const { type, constant } = printed
  const isOfLiterals = constant?.type === 'text' && type.kind === 'text' && comparison !== undefined
  const { constant: _, ...value } = printed
  return isOfLiterals ? { ...value, type: { ...type, comparison } } : value
}

/** Of columns, not of literals: those take the type of what they meet. */
function isSameType(one: Printed, other: Printed): boolean {
  const isOfLiteral = one.constant !== undefined || other.constant !== undefined || one.type.kind === 'null'
  return !isOfLiteral && JSON.stringify(one.type) === JSON.stringify(other.type)
}

function rowsOf(
  left: Side,
  right: Side,
  types: readonly Printed[],
  operator: Combination['kind'],
  shape: Shape = itemOf,
): readonly string[] {
  const shaped: Shape = (value, place) => {
    const { type } = types[place]!
    const isNull = value.type.kind === 'null' && type.kind !== 'null' && type.kind !== 'condition'
    return shape(isNull ? whole(nullOf(type), type) : converted(value, types[place]!), place)
  }
  const chained = operator === 'union all' && left.query.kind === operator
  return [...(chained ? left.prepared.clauses(shaped) : sideOf(left, shaped)), operator, ...sideOf(right, shaped)]
}

/** A combination stands in parentheses within another, unless it is a UNION ALL that goes on. */
function sideOf({ query, prepared }: Side, shape: Shape): readonly string[] {
  return query.kind === 'select' ? prepared.clauses(shape) : [`(${sqlOf(prepared, shape)})`]
}

function converted(value: Printed, common: Printed): Printed {
  const { type } = common
  if (type.kind === 'text') return common.collated && !isLiteral(value) ? collated(value) : value
  if (type.kind === 'null' || type.kind === 'condition' || isSameType(value, common)) return value
  return asType(value, type, CONTEXT)
}

const CONTEXT: ExpressionContext = { purpose: 'view', column: () => undefined }
