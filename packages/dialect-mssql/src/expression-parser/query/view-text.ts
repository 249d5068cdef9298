import type { NamedQuery } from '@albackup/core'
import { parseName } from '../special-forms.ts'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import { requireNames } from './from-clause.ts'
import { type NamedColumns, parseQuery } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'

export interface ViewText {
  readonly columns: readonly string[]
  readonly named: readonly NamedQuery[]
  readonly query: NamedColumns['query']
  readonly checked: boolean
}

/** `create view v (a, b) with schemabinding as with x as (…) select … with check option`. */
export function parseViewText(cursor: TokenCursor, reader: QueryReader): ViewText {
  const own = parseHeader(cursor)
  const named = cursor.accept('with') ? parseNamedQueries(cursor, reader) : []
  const { query, names } = parseQuery(cursor, reader)
  const checked = cursor.accept('with')
  if (checked) {
    cursor.expect('check')
    cursor.expect('option')
  }
  cursor.accept(';')
  if (cursor.peek().kind !== 'end') throw new NotUnderstood(behindQuery(cursor))
  return { columns: requireNames(own.length === 0 ? names : own, names.length), named, query, checked }
}

function behindQuery(cursor: TokenCursor): string {
  if (cursor.sees('order')) return 'it shows a part of its rows in an order'
  return cursor.sees('for') ? 'it has FOR XML or FOR JSON' : ''
}

/** The names of its columns, if the view gives them itself. */
function parseHeader(cursor: TokenCursor): readonly string[] {
  const verb = cursor.acceptOneOf(['create', 'alter'])
  if (verb === 'create' && cursor.accept('or')) cursor.expect('alter')
  cursor.expect('view')
  parseName(cursor)
  while (cursor.accept('.')) parseName(cursor)
  const columns = cursor.accept('(') ? cursor.list(() => parseName(cursor)) : []
  if (cursor.accept('with')) {
    do if (cursor.acceptOneOf(['schemabinding', 'view_metadata']) === undefined) throw new NotUnderstood()
    while (cursor.accept(','))
  }
  cursor.expect('as')
  return columns
}

function parseNamedQueries(cursor: TokenCursor, reader: QueryReader): readonly NamedQuery[] {
  const queries: NamedQuery[] = []
  do {
    const name = parseName(cursor)
    const own = cursor.accept('(') ? cursor.list(() => parseName(cursor)) : []
    cursor.expect('as')
    cursor.expect('(')
    reader.name(name, null)
    const { query, names } = parseQuery(cursor, reader)
    cursor.expect(')')
    const columns = requireNames(own.length === 0 ? names : own, names.length)
    reader.name(name, columns)
    queries.push({ name, columns, query })
  } while (cursor.accept(','))
  return queries
}
