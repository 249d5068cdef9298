import type { Combination, Query } from '@albackup/core'
import { asValue } from '../conditions.ts'
import { parseExpressionAt } from '../grammar.ts'
import { skipTo } from '../skip-to.ts'
import { notUnderstood, type TokenCursor } from '../token-cursor.ts'
import type { QueryReader } from './query-reader.ts'
import { parseSelection } from './selection.ts'

/** A query with the names of its columns. */
export interface NamedColumns {
  readonly query: Query
  readonly names: readonly string[]
}

/** UNION and EXCEPT from left to right, INTERSECT before them (PostgreSQL manual, "SELECT"). `beside`: see QueryReader.within. */
export function parseQuery(cursor: TokenCursor, reader: QueryReader, beside = false): NamedColumns {
  if (cursor.sees('with')) return notUnderstood('it has a query with a name within another')
  let left = parseIntersection(cursor, reader, beside)
  for (let kind = combination(cursor, ['union', 'except']); kind !== undefined; ) {
    left = combine(kind, left, parseIntersection(cursor, reader, beside))
    kind = combination(cursor, ['union', 'except'])
  }
  if (cursor.accept('order')) {
    skipTo(cursor, () => BEHIND_ORDER.some((word) => cursor.sees(word)))
    reader.asides.add('order')
  }
  if (cursor.sees('for')) return notUnderstood('it locks its rows')
  return BEHIND_ORDER.some((word) => cursor.sees(word)) ? notUnderstood('it shows a part of its rows only') : left
}

const BEHIND_ORDER = ['limit', 'offset', 'fetch', 'for']

function parseIntersection(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  let left = parseTerm(cursor, reader, beside)
  for (let kind = combination(cursor, ['intersect']); kind !== undefined; kind = combination(cursor, ['intersect'])) {
    left = combine(kind, left, parseTerm(cursor, reader, beside))
  }
  return left
}

function combination(
  cursor: TokenCursor,
  kinds: readonly ('union' | 'except' | 'intersect')[],
): Combination['kind'] | undefined {
  const kind = cursor.acceptOneOf(kinds)
  if (kind === undefined || !cursor.accept('all')) return kind
  return kind === 'union' ? 'union all' : notUnderstood(`it has ${kind.toUpperCase()} ALL`)
}

function combine(kind: Combination['kind'], left: NamedColumns, right: NamedColumns): NamedColumns {
  return { query: { kind, left: left.query, right: right.query }, names: left.names }
}

function parseTerm(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  if (cursor.sees('values')) return parseValues(cursor, reader, beside)
  if (!cursor.accept('(')) return parseSelection(cursor, reader, beside)
  const query = cursor.nested(() => parseQuery(cursor, reader, beside))
  cursor.expect(')')
  return query
}

/** Of more rows the tree would be too deep. */
const MOST_ROWS = 100

/** A UNION ALL of the rows. */
function parseValues(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  cursor.expect('values')
  return reader.within(() => {
    let rows = parseRow(cursor)
    for (let count = 1; cursor.accept(','); count++) {
      if (count === MOST_ROWS) notUnderstood(`it has more than ${MOST_ROWS} rows of VALUES`)
      rows = combine('union all', rows, parseRow(cursor))
    }
    return rows
  }, beside)
}

function parseRow(cursor: TokenCursor): NamedColumns {
  cursor.expect('(')
  const items = cursor.list(() => asValue(parseExpressionAt(cursor)))
  const query: Query = { kind: 'select', distinct: false, items, from: [] }
  return { query, names: items.map((_, place) => `column${place + 1}`) }
}
