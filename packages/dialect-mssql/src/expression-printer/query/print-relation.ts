import type { Join, Relation } from '@albackup/core'
import { requireCondition } from '@albackup/core/printing'
import { quote } from '../../quote.ts'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { TargetRelation } from './environment.ts'
import { derivedTable, showColumns, sqlOf } from './prepared-query.ts'
import type { PrintScope } from './print-scope.ts'
import type { QueryPrinter } from './query-printer.ts'

/** What a relation is behind FROM; its columns are then in the scope, where the conditions of joins find them. */
export function printRelation(
  relation: Relation,
  scope: PrintScope,
  printer: QueryPrinter,
  context: ExpressionContext,
): string {
  switch (relation.kind) {
    case 'table':
      return called(scope, relation, printer.table(relation.schema, relation.name))
    case 'named':
      return called(scope, relation, printer.namedQuery(relation.name))
    case 'query': {
      const { alias, lateral } = relation
      const query = printer.prepare(relation.query, lateral ? scope : scope.outer)
      const { names, columns } = showColumns(query, relation.columns, printer.environment)
      return derivedTable(sqlOf(query), scope.add(alias, alias, columns), names)
    }
    case 'join':
      return printJoin(relation, scope, printer, context)
  }
}

/** A relation keeps its own name in the target unless the source gives it another. */
function called(
  scope: PrintScope,
  source: { readonly name: string; readonly alias: string },
  { sql, name, columns }: TargetRelation,
): string {
  const given = scope.add(source.alias, source.alias === source.name ? name : source.alias, columns)
  return given === name ? sql : `${sql} as ${quote(given)}`
}

function printJoin(
  { join, left, right, on }: Join,
  scope: PrintScope,
  printer: QueryPrinter,
  context: ExpressionContext,
): string {
  const first = printRelation(left, scope, printer, context)
  const inner = printRelation(right, scope, printer, context)
  const second = right.kind === 'join' ? `(${inner})` : inner
  if (right.kind === 'query' && right.lateral) return `${first} ${join === 'left' ? 'outer' : 'cross'} apply ${second}`
  if (on === undefined) return `${first} cross join ${second}`
  const words = join === 'inner' ? 'join' : `${join} join`
  return `${first} ${words} ${second} on ${requireCondition(print(on, context)).sql}`
}
