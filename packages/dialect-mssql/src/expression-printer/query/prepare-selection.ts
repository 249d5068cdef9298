import type { Expression, Selection } from '@albackup/core'
import { refuse, requireCondition, whole } from '@albackup/core/printing'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { Printed } from '../printed.ts'
import { type PreparedColumn, type PreparedQuery, type Shape, shown } from './prepared-query.ts'
import { printRelation } from './print-relation.ts'
import { PrintScope } from './print-scope.ts'
import { printQueryPart } from './query-parts.ts'
import type { QueryPrinter } from './query-printer.ts'
import { isPlainKey, keyedItems, keyOf, withoutKeys } from './row-keys.ts'
import { textOfNoColumn } from './text-of-no-column.ts'

export function prepareSelection(
  selection: Selection,
  printer: QueryPrinter,
  outer: PrintScope | undefined,
): PreparedQuery {
  const scope = new PrintScope(printer.environment.nameSpace(), outer)
  const rows = contextOf(scope, printer)
  const condition = (expression: Expression, context: ExpressionContext) =>
    requireCondition(print(expression, context)).sql
  const from = selection.from.map((relation) => printRelation(relation, scope, printer, rows))
  const where = selection.where && condition(selection.where, rows)
  const groups = groupsOf(selection.groupBy ?? [], rows)
  const context = withGroups(rows, groups)
  const having = selection.having && condition(selection.having, context)
  const columns = selection.items.map((item) => prepareItem(item, scope, context, groups))
  const clauses = [
    ...(from.length === 0 ? [] : [`from ${from.join(', ')}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
    ...(groups.length === 0 ? [] : [`group by ${groups.flatMap(({ keys }) => keys).join(', ')}`]),
    ...(having === undefined ? [] : [`having ${having}`]),
  ]
  return {
    columns,
    clauses: (shape) =>
      selection.distinct ? once(columns, clauses, printer, shape) : [select(columns, shape), ...clauses],
  }
}

function select(columns: readonly PreparedColumn[], shape?: Shape, distinct = ''): string {
  return `select ${distinct}${columns.map((column, place) => shown(column, place, shape)).join(', ')}`
}

/** Each of the rows that are the same is shown once. */
function once(
  columns: readonly PreparedColumn[],
  clauses: readonly string[],
  { environment }: QueryPrinter,
  shape: Shape | undefined,
): readonly string[] {
  const values = columns.map((column) => column.value())
  if (values.every(isPlainKey)) return [select(columns, shape, 'distinct '), ...clauses]
  const rows = [select(columns, keyedItems(values), 'distinct '), ...clauses].join(' ')
  return [withoutKeys(values, rows, environment, shape)]
}

function contextOf(scope: PrintScope, printer: QueryPrinter): ExpressionContext {
  const { text } = printer.environment
  const context: ExpressionContext = {
    purpose: 'view',
    ...(text && { text }),
    column: (name, of) => scope.column(name, of),
    inQuery: (expression, within) =>
      printQueryPart(expression, printer, scope, context) ?? textOfNoColumn(expression, within, printer),
  }
  return context
}

interface Group {
  /** The expression, as it is found again. */
  readonly identity: string
  readonly keys: readonly string[]
  /** What stands for it: the words by which the rows are grouped. */
  readonly shown: Printed
}

/** A literal divides no rows, and is none that SQL Server groups by. */
function groupsOf(expressions: readonly Expression[], rows: ExpressionContext): readonly Group[] {
  const groups = expressions.flatMap((expression) => {
    const value = print(expression, rows)
    const key = keyOf(value)
    if (key === undefined) return []
    const { compared, length } = key
    const identity = JSON.stringify(expression)
    const isChanged = value.type.kind === 'text' && compared !== value.sql
    const shown: Printed = isChanged ? { ...whole(compared, value.type), collated: 'explicit', tight: false } : value
    return [{ identity, shown, keys: length === undefined ? [compared] : [compared, length] }]
  })
  return groups.length === 0 && expressions.length > 0 ? refuse('rows are grouped by a literal') : groups
}

function withGroups(rows: ExpressionContext, groups: readonly Group[]): ExpressionContext {
  const shown = new Map(groups.map((group) => [group.identity, group.shown]))
  return {
    ...rows,
    inQuery: (expression, context) => shown.get(JSON.stringify(expression)) ?? rows.inQuery?.(expression, context),
  }
}

/** A column as it is, unless the words by which rows are grouped say it otherwise. */
function prepareItem(
  item: Expression,
  scope: PrintScope,
  context: ExpressionContext,
  groups: readonly Group[],
): PreparedColumn {
  const value = () => print(item, context)
  const group = groups.find(({ identity }) => identity === JSON.stringify(item))
  const isPlain = item.kind === 'column' && (group === undefined || group.shown.collated !== 'explicit')
  const direct = isPlain ? scope.column(item.name, item.of) : undefined
  return direct === undefined ? { value } : { value, direct }
}
