import type { Expression, Selection } from '@albackup/core'
import { asCondition, asValue } from '../conditions.ts'
import { parseExpressionAt } from '../grammar.ts'
import { skipTo } from '../skip-to.ts'
import { notUnderstood, type TokenCursor } from '../token-cursor.ts'
import { parseFrom, parseName } from './from-clause.ts'
import { withDependentColumns } from './group-by.ts'
import type { NamedColumns } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'

/** SELECT with all its clauses. The names in its list are those of FROM, which is read first. */
export function parseSelection(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  cursor.expect('select')
  const distinct = cursor.accept('distinct')
  if (distinct && cursor.sees('on')) return notUnderstood('it has DISTINCT ON')
  return reader.within((scope) => {
    const list = cursor.place
    skipTo(cursor, () => BEHIND_LIST.some((word) => cursor.sees(word)))
    const listEnd = cursor.place
    const from = cursor.accept('from') ? parseFrom(cursor, reader, scope) : []
    const clauses = parseClauses(cursor)
    const end = cursor.place
    cursor.moveTo(list)
    const items = list === listEnd ? [] : parseItems(cursor)
    if (cursor.place !== listEnd) return notUnderstood()
    cursor.moveTo(end)
    const values = items.map(({ value }) => value)
    const query: Selection = { kind: 'select', distinct, items: values, from, ...clauses }
    return { query: withDependentColumns(query, scope), names: items.map(({ name }) => name) }
  }, beside)
}

const BEHIND_LIST = [
  ...['from', 'where', 'group', 'having', 'window', 'order', 'union', 'intersect', 'except'],
  ...['limit', 'offset', 'fetch', 'for'],
]

interface Item {
  readonly value: Expression
  readonly name: string
}

function parseItems(cursor: TokenCursor): readonly Item[] {
  const items = [parseItem(cursor)]
  while (cursor.accept(',')) items.push(parseItem(cursor))
  return items
}

/** What has no name behind AS has that of its column, or this one. */
const NAMELESS = '?column?'

function parseItem(cursor: TokenCursor): Item {
  const value = asValue(parseExpressionAt(cursor))
  const own = value.kind === 'column' ? cursor.peek(-1).text : NAMELESS
  return { value, name: cursor.accept('as') ? parseName(cursor) : own }
}

function parseClauses(cursor: TokenCursor): Pick<Selection, 'where' | 'groupBy' | 'having'> {
  const where = cursor.accept('where') ? asCondition(parseExpressionAt(cursor)) : undefined
  const groupBy = cursor.accept('group', 'by') ? parseGroupBy(cursor) : undefined
  const having = cursor.accept('having') ? asCondition(parseExpressionAt(cursor)) : undefined
  if (cursor.sees('window')) return notUnderstood('it has a window function')
  return { ...(where && { where }), ...(groupBy && { groupBy }), ...(having && { having }) }
}

const GROUPINGS = ['distinct', 'rollup', 'cube', 'grouping']

function parseGroupBy(cursor: TokenCursor): readonly Expression[] {
  const groups: Expression[] = []
  do {
    if (GROUPINGS.some((word) => cursor.sees(word)) || (cursor.sees('(') && cursor.sees(')', 1))) {
      return notUnderstood('it groups in more than one way')
    }
    groups.push(asValue(parseExpressionAt(cursor)))
  } while (cursor.accept(','))
  return groups
}
