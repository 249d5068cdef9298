import type { Expression, Selection } from '@albackup/core'
import { refuse, requireCondition, whole } from '@albackup/core/printing'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { Printed } from '../printed.ts'
import type { QueryEnvironment } from './environment.ts'
import {
  companionName,
  directItem,
  itemOf,
  type PreparedColumn,
  type PreparedQuery,
  type Shape,
} from './prepared-query.ts'
import { printRelation } from './print-relation.ts'
import { PrintScope } from './print-scope.ts'
import { printQueryPart } from './query-parts.ts'
import type { QueryPrinter } from './query-printer.ts'
import { isPlainKey, keyOf } from './row-keys.ts'
import { collated } from './text-of-no-column.ts'

export function prepareSelection(
  selection: Selection,
  printer: QueryPrinter,
  outer: PrintScope | undefined,
): PreparedQuery {
  const scope = new PrintScope(outer)
  const rows = contextOf(scope, printer)
  const from = selection.from.map((relation) => printRelation(relation, scope, printer, rows))
  const condition = (expression: Expression, context: ExpressionContext) =>
    requireCondition(print(expression, context)).sql
  const where = selection.where && condition(selection.where, rows)
  const groups = (selection.groupBy ?? []).map((expression) => groupBy(expression, rows))
  for (const [place, { shown }] of groups.entries()) {
    const expression = selection.groupBy![place]!
    if (shown !== undefined && expression.kind === 'column') scope.group(expression)
  }
  const context = groups.length === 0 ? rows : withGroups(rows, groups)
  const having = selection.having && condition(selection.having, context)
  const columns = selection.items.map((item) => prepareItem(item, scope, context, groups.length > 0))
  return {
    columns,
    clauses: (shape) => [
      select(selection, columns, shape, context, printer),
      ...(from.length === 0 ? [] : [`from ${from.join(', ')}`]),
      ...(where === undefined ? [] : [`where ${where}`]),
      ...(groups.length === 0 ? [] : [`group by ${groups.map(({ key }) => key).join(', ')}`]),
      ...(having === undefined ? [] : [`having ${having}`]),
    ],
  }
}

function contextOf(scope: PrintScope, printer: QueryPrinter): ExpressionContext {
  const { text, timeZone } = printer.environment
  const context: ExpressionContext = {
    purpose: 'view',
    ...(text && { text }),
    ...(timeZone !== undefined && { timeZone }),
    column: (name, of) => scope.column(name, of),
    inQuery: (expression, within) =>
      printQueryPart(expression, printer, scope, context) ?? collated(expression, within, printer),
  }
  return context
}

interface Group {
  /** The expression, as it is found again. */
  readonly identity: string
  readonly key: string
  /** What stands for it where the rows of a group need not have the same of it: texts that are equal and not the same. */
  readonly shown: Printed | undefined
}

function groupBy(expression: Expression, rows: ExpressionContext): Group {
  const value = print(expression, rows)
  const key = keyOf(value, rows)
  if (key === undefined) return refuse('rows are grouped by a literal')
  const shown = isPlainKey(value)
    ? undefined
    : { ...whole(`min(${value.sql})`, value.type), ...(value.column && { column: true as const }) }
  return { identity: JSON.stringify(expression), key, shown }
}

/** Of equal texts SQL Server shows any; here it is the least. */
function withGroups(rows: ExpressionContext, groups: readonly Group[]): ExpressionContext {
  const shown = new Map(groups.map((group) => [group.identity, group.shown]))
  return {
    ...rows,
    inQuery: (expression, context) => shown.get(JSON.stringify(expression)) ?? rows.inQuery?.(expression, context),
  }
}

/** Equal timestamps of a group may have different offsets, of which the source shows any. */
function prepareItem(
  item: Expression,
  scope: PrintScope,
  context: ExpressionContext,
  grouped: boolean,
): PreparedColumn {
  const value = () => print(item, context)
  const plain = item.kind === 'column' && context.inQuery?.(item, context) === undefined
  const direct = plain ? scope.column(item.name, item.of) : undefined
  if (direct === undefined) return { value }
  const companion = grouped ? companionName(direct) : undefined
  return { value, direct, ...(companion !== undefined && { companion: `min(${companion})` }) }
}

function select(
  { distinct }: Selection,
  columns: readonly PreparedColumn[],
  shape: Shape | undefined,
  context: ExpressionContext,
  { environment }: QueryPrinter,
): string {
  if (!distinct) return `select ${columns.map((column, place) => shown(column, place, shape, environment)).join(', ')}`
  const values = columns.map((column) => column.value())
  const keys = values.flatMap((value) => keyOf(value, context) ?? [])
  const items = columns.map((column, place) => shownOnce(column, values[place]!, place, shape, environment))
  const companions = shape === undefined && columns.some(({ direct }) => direct?.companion !== undefined)
  const plain = !companions && values.every((value) => isPlainKey(value) || value.constant !== undefined)
  return `select distinct ${plain ? '' : `on (${keys.join(', ')}) `}${items.join(', ')}`
}

function shown(
  { value, direct, companion }: PreparedColumn,
  place: number,
  shape: Shape | undefined,
  environment: QueryEnvironment,
): string {
  if (shape !== undefined) return shape(value(), place)
  return direct === undefined ? itemOf(value(), environment) : directItem(direct, companion)
}

/** A value that tells rows apart, in its usual type; a companion is that of the row. */
function shownOnce(
  { direct, companion }: PreparedColumn,
  value: Printed,
  place: number,
  shape: Shape | undefined,
  environment: QueryEnvironment,
): string {
  if (shape !== undefined) return shape(value, place)
  return direct?.companion === undefined ? itemOf(value, environment) : directItem(direct, companion)
}
