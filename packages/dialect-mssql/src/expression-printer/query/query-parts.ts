import type { Expression, ExpressionOf } from '@albackup/core'
import { anyRow, CONDITION, loose, operand, refuse, someWithin, whole } from '@albackup/core/printing'
import { commonComparison } from '../compare-texts.ts'
import { equatedSides } from '../comparison.ts'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { Printed } from '../printed.ts'
import { printAggregate, printRoundedMean } from './aggregates.ts'
import { markedText } from './marked-text.ts'
import { itemOf, nullOf, type PreparedQuery, sqlOf, valuesOf } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'
import type { QueryPrinter } from './query-printer.ts'

/** What only an expression in a query can hold; undefined for all else. `rows`: the context of each row, whatever the groups. */
export function printQueryPart(
  expression: Expression,
  printer: QueryPrinter,
  scope: PrintScope,
  rows: ExpressionContext,
): Printed | undefined {
  switch (expression.kind) {
    case 'aggregate': {
      const { argument } = expression
      if (argument !== null) requireNoQuery(argument)
      return printAggregate(expression, argument && print(argument, rows))
    }
    case 'exists':
      return loose(`exists (${sqlOf(printer.prepare(anyRow(expression.query), scope))})`, CONDITION)
    case 'in':
      return printIn(expression, printer, scope, rows)
    case 'subquery':
      return printSubquery(expression, printer, scope)
    case 'convert':
      return printTypedNull(expression) ?? roundedMean(expression.operand, digitsOf(expression), rows)
    case 'call':
      return expression.name === 'round' ? roundedMean(expression.arguments[0], roundsTo(expression), rows) : undefined
    default:
      return undefined
  }
}

function printTypedNull({ operand: inner, type }: ExpressionOf<'convert'>): Printed | undefined {
  const isNull = inner.kind === 'literal' && inner.value.type === 'null'
  return isNull ? whole(nullOf(type), type) : undefined
}

/** How many digits behind the point a number is rounded to; undefined where that is not said. */
function digitsOf({ type }: ExpressionOf<'convert'>): number | undefined {
  return type.kind === 'decimal' ? type.scale : undefined
}

function roundsTo({ arguments: [, digits, truncates] }: ExpressionOf<'call'>): number | undefined {
  const isSaid = truncates === undefined && digits?.kind === 'literal' && digits.value.type === 'integer'
  return isSaid ? Number(digits.value.digits) : undefined
}

/** `round(avg(x), 2)`; undefined for all else. */
function roundedMean(
  mean: Expression | undefined,
  digits: number | undefined,
  rows: ExpressionContext,
): Printed | undefined {
  const isMean = mean?.kind === 'aggregate' && mean.name === 'mean' && mean.argument !== null
  if (!isMean || digits === undefined) return undefined
  requireNoQuery(mean.argument)
  return printRoundedMean(print(mean.argument, rows), mean.distinct, digits)
}

function requireNoQuery(argument: Expression): void {
  if (someWithin(argument, isQuery)) refuse('an aggregate of what a query within it gives')
}

function isQuery({ kind }: Expression): boolean {
  return kind === 'exists' || kind === 'in' || kind === 'subquery'
}

/** Duplicates change nothing for IN. */
function printIn(
  { operand: sought, query }: ExpressionOf<'in'>,
  printer: QueryPrinter,
  scope: PrintScope,
  context: ExpressionContext,
): Printed {
  const left = print(sought, context)
  const prepared = printer.prepare(query.kind === 'select' ? { ...query, distinct: false } : query, scope)
  const value = onlyValue(prepared)
  if (left.type.kind === 'text' && value.type.kind === 'text') {
    const { ignoresTrailingBlanks } = commonComparison([left, value])
    const marked = (text: Printed) => markedText(text, ignoresTrailingBlanks)
    return loose(`${marked(left)} in (${sqlOf(prepared, marked)})`, CONDITION)
  }
  const [side] = equatedSides(left, value, context)
  const values = sqlOf(prepared, (each) => equatedSides(left, each, context)[1].sql)
  return loose(`${operand(side)} in (${values})`, CONDITION)
}

function printSubquery({ query }: ExpressionOf<'subquery'>, printer: QueryPrinter, scope: PrintScope): Printed {
  const prepared = printer.prepare(query, scope)
  const value = onlyValue(prepared)
  if (value.type.kind === 'null' || value.type.kind === 'condition') return refuse('a query gives no value')
  return whole(`(${sqlOf(prepared, itemOf)})`, value.type)
}

function onlyValue(query: PreparedQuery): Printed {
  const [value, ...others] = valuesOf(query)
  return value === undefined || others.length > 0 ? refuse('a query has more than one column') : value
}
