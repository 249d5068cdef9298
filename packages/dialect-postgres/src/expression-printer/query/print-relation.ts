import type { Expression, Join, Relation } from '@albackup/core'
import { refuse, requireCondition } from '@albackup/core/printing'
import { quote } from '../../quote.ts'
import type { ExpressionContext } from '../context.ts'
import { print } from '../print.ts'
import type { TargetRelation } from './environment.ts'
import { derivedTable, showColumns } from './prepared-query.ts'
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
      return `${lateral ? 'lateral ' : ''}${derivedTable(query, scope.add(alias, alias, columns), names)}`
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
  if (on === undefined)
    return join === 'left' ? `${first} left join ${second} on true` : `${first} cross join ${second}`
  if (join === 'full' && !isEquiJoin(on, scope)) refuse('a full join is by more than equal columns of tables')
  const words = join === 'inner' ? 'join' : `${join} join`
  return `${first} ${words} ${second} on ${requireCondition(print(on, context)).sql}`
}

/**
 * PostgreSQL joins in full only where it can sort or hash by what is equal, and says so no sooner than the view is read. What is no
 * column of a table may be the same for all rows, and then it cannot.
 */
function isEquiJoin(on: Expression, scope: PrintScope): boolean {
  if (on.kind !== 'binary') return false
  const { operator, left, right } = on
  if (operator === 'and') return isEquiJoin(left, scope) && isEquiJoin(right, scope)
  if (operator !== '=' || left.kind !== 'column' || right.kind !== 'column' || left.of === right.of) return false
  return [left, right].every(({ name, of }) => scope.column(name, of)?.inferred === undefined)
}
