import type { Expression, ExpressionOf } from '@albackup/core'
import { anyRow, CONDITION, loose, refuse, whole } from '@albackup/core/printing'
import { equatedSides } from '../comparison.ts'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { Printed } from '../printed.ts'
import { printAggregate } from './aggregates.ts'
import { itemOf, sqlOf } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'
import type { QueryPrinter } from './query-printer.ts'
import { keyOf } from './row-keys.ts'

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
      const value = argument && print(argument, rows)
      const counts = expression.name === 'count' || expression.name === 'count-big'
      if (value !== null && !counts) requireNoOffset(value, printer)
      return printAggregate(expression, value, (each) => keyOf(each, rows))
    }
    case 'exists':
      return loose(`exists (${sqlOf(printer.prepare(anyRow(expression.query), scope))})`, CONDITION)
    case 'in':
      return printIn(expression, printer, scope, rows)
    case 'subquery':
      return printSubquery(expression, printer, scope)
    default:
      return undefined
  }
}

function requireNoOffset({ type }: Printed, { environment }: QueryPrinter): void {
  if (type.kind === 'timestamp-offset' && environment.splitsOffsets) refuse('the offset of its value has no column')
}

/** Duplicates change nothing for IN. */
function printIn(
  { operand, query }: ExpressionOf<'in'>,
  printer: QueryPrinter,
  scope: PrintScope,
  context: ExpressionContext,
): Printed {
  const left = print(operand, context)
  const prepared = printer.prepare(query.kind === 'select' ? { ...query, distinct: false } : query, scope)
  const [side] = equatedSides(left, onlyValue(prepared.columns), context)
  const values = sqlOf(prepared, (value) => equatedSides(left, value, context)[1])
  return loose(`${side} in (${values})`, CONDITION)
}

function printSubquery({ query }: ExpressionOf<'subquery'>, printer: QueryPrinter, scope: PrintScope): Printed {
  const prepared = printer.prepare(query, scope)
  const value = onlyValue(prepared.columns)
  if (value.type.kind === 'null' || value.type.kind === 'condition') return refuse('a query gives no value')
  return whole(`(${sqlOf(prepared, (each) => itemOf(each, printer.environment))})`, value.type)
}

function onlyValue(columns: ReturnType<QueryPrinter['prepare']>['columns']): Printed {
  const [column, ...others] = columns
  return column === undefined || others.length > 0 ? refuse('a query has more than one column') : column.value()
}
