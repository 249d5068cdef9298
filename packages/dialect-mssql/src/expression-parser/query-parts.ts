import type { AggregateName, Expression, Query } from '@albackup/core'
import type { Parse } from './special-forms.ts'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'

const AGGREGATES: ReadonlyMap<string, AggregateName> = new Map([
  ['count', 'count'],
  ['count_big', 'count-big'],
  ['sum', 'sum'],
  ['min', 'minimum'],
  ['max', 'maximum'],
  ['avg', 'average'],
])

/** Words of queries that are no names unless they are quoted. */
const CLAUSES: ReadonlySet<string> = new Set([
  ...['as', 'cross', 'except', 'for', 'from', 'full', 'group', 'having', 'inner', 'intersect', 'join', 'left', 'on'],
  ...[
    'option',
    'order',
    'outer',
    'over',
    'pivot',
    'right',
    'select',
    'tablesample',
    'union',
    'unpivot',
    'where',
    'with',
  ],
])

export function endsOperand(word: string): boolean {
  return CLAUSES.has(word)
}

/** Whether a query follows the parenthesis that was taken last. */
export function seesQuery(cursor: TokenCursor): boolean {
  return cursor.queries !== undefined && cursor.sees('select')
}

/** A query and the parenthesis that closes it. */
export function parseSubquery(cursor: TokenCursor): Query {
  if (cursor.queries === undefined) throw new NotUnderstood()
  const { queries } = cursor
  const query = cursor.nested(() => queries.subquery(cursor))
  cursor.expect(')')
  return query
}

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name)
}

/** What follows `count(` and its kin. */
export function parseAggregate(cursor: TokenCursor, name: string, parse: Parse): Expression {
  const distinct = cursor.acceptOneOf(['distinct', 'all']) === 'distinct'
  const counts = name.startsWith('count')
  const argument = counts && !distinct && cursor.accept('*') ? null : parse(cursor)
  cursor.expect(')')
  if (cursor.sees('over')) throw new NotUnderstood('it has a window function')
  return { kind: 'aggregate', name: AGGREGATES.get(name)!, distinct, argument }
}
