import type { AggregateName, Expression, Query } from '@albackup/core'
import type { Parse } from './arrays.ts'
import { asCondition, asValue, negate } from './conditions.ts'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { compare, integer } from './tree.ts'

/** Whether a query follows the parenthesis `ahead` places on. */
export function seesQuery(cursor: TokenCursor, ahead = 0): boolean {
  return cursor.queries !== undefined && ['select', 'values', 'with'].some((word) => cursor.sees(word, ahead))
}

/** A query and the parenthesis that closes it. */
export function parseSubquery(cursor: TokenCursor): Query {
  const { queries = notUnderstood() } = cursor
  const query = cursor.nested(() => queries.subquery(cursor))
  cursor.expect(')')
  return query
}

/** What follows `x IN (` and `x <> ALL (`. */
export function parseMembership(cursor: TokenCursor, operand: Expression): Expression {
  return { kind: 'in', operand: asValue(operand), query: parseSubquery(cursor) }
}

const AGGREGATES: ReadonlyMap<string, AggregateName> = new Map([
  ['count', 'count-big'],
  ['sum', 'sum-big'],
  ['min', 'minimum'],
  ['max', 'maximum'],
  ['avg', 'mean'],
  // Of conditions, as 0 and 1.
  ['bool_or', 'maximum'],
  ['bool_and', 'minimum'],
  ['every', 'minimum'],
])

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name)
}

/** What follows `count(` and its kin. */
export function parseAggregate(cursor: TokenCursor, called: string, parse: Parse): Expression {
  const distinct = cursor.accept('distinct')
  const counted = called === 'count' && cursor.accept('*') ? null : parse(cursor)
  if (cursor.sees('order')) notUnderstood('an aggregate takes its values in an order')
  cursor.expect(')')
  const filter = parseFilter(cursor, parse)
  requireNoWindow(cursor)
  const name = AGGREGATES.get(called)!
  const aggregate = (value: Expression | null): Expression => {
    const argument = filter === undefined ? value : onlyWhere(filter, value ?? integer(1))
    return { kind: 'aggregate', name, distinct, argument }
  }
  if (!OF_CONDITIONS.has(called)) return aggregate(counted && asValue(counted))
  return compare('=', aggregate(asNumber(asCondition(counted!))), integer(1))
}

const OF_CONDITIONS: ReadonlySet<string> = new Set(['bool_or', 'bool_and', 'every'])

function asNumber(condition: Expression): Expression {
  const branches = [
    { when: condition, result: integer(1) },
    { when: negate(condition), result: integer(0) },
  ]
  return { kind: 'case', branches, otherwise: null }
}

/** Aggregates leave NULLs out, and so what a filter leaves out. */
function onlyWhere(filter: Expression, value: Expression): Expression {
  return { kind: 'case', branches: [{ when: filter, result: value }], otherwise: null }
}

function parseFilter(cursor: TokenCursor, parse: Parse): Expression | undefined {
  if (!cursor.accept('filter')) return undefined
  cursor.expect('(', 'where')
  const filter = asCondition(parse(cursor))
  cursor.expect(')')
  return filter
}

/** Behind the parenthesis that closes a call. */
export function requireNoWindow(cursor: TokenCursor): void {
  if (cursor.queries !== undefined && cursor.sees('over')) notUnderstood('it has a window function')
}
