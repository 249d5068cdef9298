import type { NamedQuery, Query } from '@albackup/core'
import { notUnderstood, type TokenCursor } from '../token-cursor.ts'
import { distinctNames, parseName } from './from-clause.ts'
import { parseQuery } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'

export interface ViewText {
  readonly columns: readonly string[]
  readonly named: readonly NamedQuery[]
  readonly query: Query
  readonly checked: boolean
}

/** `create view s.v with (check_option=cascaded) as with x as (…) select …`. */
export function parseViewText(cursor: TokenCursor, reader: QueryReader): ViewText {
  cursor.expect('create', 'view')
  parseName(cursor)
  while (cursor.accept('.')) parseName(cursor)
  const options = new Map(cursor.accept('with', '(') ? cursor.list(() => parseOption(cursor)) : [])
  if (RIGHTS.some((option) => isOn(options.get(option)))) reader.asides.add('rights')
  cursor.expect('as')
  const named = cursor.accept('with') ? parseNamedQueries(cursor, reader) : []
  const { query, names } = parseQuery(cursor, reader)
  if (cursor.peek().kind !== 'end') return notUnderstood()
  return { columns: names, named, query, checked: options.has('check_option') }
}

const RIGHTS = ['security_invoker', 'security_barrier']

/** As PostgreSQL reads a boolean: the words may be shortened. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(t|tr|tru|true|y|ye|yes|on|1)$/i.test(value)
}

function parseOption(cursor: TokenCursor): readonly [name: string, value: string] {
  const name = cursor.take().text
  cursor.expect('=')
  return [name, cursor.take().text]
}

function parseNamedQueries(cursor: TokenCursor, reader: QueryReader): readonly NamedQuery[] {
  if (cursor.sees('recursive')) return notUnderstood('it is recursive')
  const queries: NamedQuery[] = []
  do {
    const name = parseName(cursor)
    const own = cursor.accept('(') ? cursor.list(() => parseName(cursor)) : []
    cursor.expect('as')
    if (cursor.accept('not') || cursor.sees('materialized')) cursor.expect('materialized')
    cursor.expect('(')
    const { query, names } = cursor.nested(() => parseQuery(cursor, reader))
    cursor.expect(')')
    const columns = distinctNames(names.map((given, place) => own[place] ?? given))
    reader.name(name, columns)
    queries.push({ name, columns, query })
  } while (cursor.accept(','))
  return queries
}
