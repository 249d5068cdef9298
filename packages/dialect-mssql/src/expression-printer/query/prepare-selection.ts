import type { Expression, Selection } from '@albackup/core'
import { operand, refuse, requireCondition } from '@albackup/core/printing'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
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
  const scope = new PrintScope(printer.environment, outer)
  const rows = contextOf(scope, printer)
  const condition = (expression: Expression) => requireCondition(print(expression, rows)).sql
  const from = selection.from.map((relation) => printRelation(relation, scope, printer, rows))
  const where = selection.where && condition(selection.where)
  const groups = groupsOf(selection.groupBy ?? [], rows)
  const having = selection.having && condition(selection.having)
  const columns = selection.items.map((item) => prepareItem(item, scope, rows))
  const clauses = [
    ...(from.length === 0 ? [] : [`from ${from.join(', ')}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
    ...(groups.length === 0 ? [] : [`group by ${groups.join(', ')}`]),
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

/**
 * A literal divides no rows, and is none that SQL Server groups by. The words of a value are among those that rows are grouped by, also where
 * its texts are told apart by others: so it can be shown, and named by queries within.
 */
function groupsOf(expressions: readonly Expression[], rows: ExpressionContext): readonly string[] {
  const groups = expressions.flatMap((expression) => {
    const value = print(expression, rows)
    const key = keyOf(value)
    if (key === undefined) return []
    const { compared, length } = key
    const isChanged = value.type.kind === 'text' && compared !== operand(value)
    return [...(isChanged ? [operand(value)] : []), compared, ...(length === undefined ? [] : [length])]
  })
  return groups.length === 0 && expressions.length > 0 ? refuse('rows are grouped by a literal') : groups
}

/** A column as it is. */
function prepareItem(item: Expression, scope: PrintScope, context: ExpressionContext): PreparedColumn {
  const value = () => print(item, context)
  const direct = item.kind === 'column' ? scope.column(item.name, item.of) : undefined
  return direct === undefined ? { value } : { value, direct }
}
