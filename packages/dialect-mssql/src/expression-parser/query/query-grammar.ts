import type { Combination, Query } from '@albackup/core'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import type { QueryReader } from './query-reader.ts'
import { parseSelection } from './selection.ts'

/** A query with the names of its columns; null for one that has none. */
export interface NamedColumns<Read = Query> {
  readonly query: Read
  readonly names: readonly (string | null)[]
}

/** UNION and EXCEPT from left to right, INTERSECT before them (Transact-SQL reference, "Set operators"). */
export function parseQuery(cursor: TokenCursor, reader: QueryReader, beside = false): NamedColumns {
  let left = parseIntersection(cursor, reader, beside)
  for (let kind = combination(cursor); kind !== undefined; kind = combination(cursor)) {
    left = combine(kind, left, parseIntersection(cursor, reader, beside))
  }
  return left
}

function parseIntersection(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  let left = parseTerm(cursor, reader, beside)
  while (cursor.accept('intersect')) left = combine('intersect', left, parseTerm(cursor, reader, beside))
  return left
}

function combination(cursor: TokenCursor): Combination['kind'] | undefined {
  const kind = cursor.acceptOneOf(['union', 'except'])
  return kind === 'union' && cursor.accept('all') ? 'union all' : kind
}

function combine(kind: Combination['kind'], left: NamedColumns, right: NamedColumns): NamedColumns {
  if (left.names.length !== right.names.length) throw new NotUnderstood()
  return { query: { kind, left: left.query, right: right.query }, names: left.names }
}

function parseTerm(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  if (!cursor.accept('(')) return parseSelection(cursor, reader, beside)
  const query = cursor.nested(() => parseQuery(cursor, reader, beside))
  cursor.expect(')')
  return query
}
