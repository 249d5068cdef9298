import type { Join, Relation } from '@albackup/core'
import { parseExpressionAt } from '../grammar.ts'
import { parseName } from '../special-forms.ts'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import { parseQuery } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'
import type { QueryScope } from './query-scope.ts'
import { parseTableAlias } from './select-list.ts'
import { parseTableHints } from './table-hints.ts'
import { parseValues } from './values.ts'

/** What follows FROM. */
export function parseFrom(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): readonly Relation[] {
  const relations = [parseJoined(cursor, reader, scope)]
  while (cursor.accept(',')) relations.push(parseJoined(cursor, reader, scope))
  const strange = ['pivot', 'unpivot', 'tablesample'].find((word) => cursor.sees(word))
  if (strange !== undefined) throw new NotUnderstood(`it has ${strange.toUpperCase()}`)
  if (cursor.sees('for')) throw new NotUnderstood('it has FOR XML, FOR JSON or FOR SYSTEM_TIME')
  return relations
}

function parseJoined(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Relation {
  let left = parseOperand(cursor, reader, scope)
  for (;;) {
    const applied = parseApply(left, cursor, reader, scope)
    const join = applied === undefined ? parseJoinWords(cursor, reader) : undefined
    if (applied === undefined && join === undefined) return left
    left = applied ?? parseJoin(join!, left, cursor, reader, scope)
  }
}

/** `cross apply (…) as x` and `outer apply (…) as x`: the query sees what stands before it. */
function parseApply(left: Relation, cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Relation | undefined {
  if (!cursor.sees('apply', 1)) return undefined
  const word = cursor.acceptOneOf(['cross', 'outer'])
  if (word === undefined) return undefined
  cursor.expect('apply')
  if (!beginsQuery(cursor)) throw new NotUnderstood('it applies a function')
  const right = parseDerived(cursor, reader, scope, true)
  return { kind: 'join', join: word === 'cross' ? 'cross' : 'left', left, right }
}

/** `a join b join c on … on …` joins b and c first: each ON belongs to the nearest join without one. */
function parseJoin(
  join: Join['join'],
  left: Relation,
  cursor: TokenCursor,
  reader: QueryReader,
  scope: QueryScope,
): Relation {
  let right = parseOperand(cursor, reader, scope)
  if (join === 'cross') return { kind: 'join', join, left, right }
  while (!cursor.accept('on')) {
    const inner = parseJoinWords(cursor, reader)
    if (inner === undefined) throw new NotUnderstood()
    right = cursor.nested(() => parseJoin(inner, right, cursor, reader, scope))
  }
  return { kind: 'join', join, left, right, on: parseExpressionAt(cursor) }
}

function parseJoinWords(cursor: TokenCursor, reader: QueryReader): Join['join'] | undefined {
  const words = ['inner', 'left', 'right', 'full', 'cross', 'join', 'outer'] as const
  const word = cursor.acceptOneOf(words)
  if (word === undefined) return undefined
  if (word === 'join') return 'inner'
  if (word === 'outer') throw new NotUnderstood()
  if (word !== 'inner' && word !== 'cross') cursor.accept('outer')
  if (cursor.acceptOneOf(['loop', 'hash', 'merge', 'remote']) !== undefined) reader.asides.add('join method')
  cursor.expect('join')
  return word
}

function parseOperand(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Relation {
  if (!cursor.sees('(')) return parseTable(cursor, reader, scope)
  if (beginsQuery(cursor)) return parseDerived(cursor, reader, scope)
  cursor.expect('(')
  const inner = cursor.nested(() => parseJoined(cursor, reader, scope))
  cursor.expect(')')
  return inner
}

/** Behind however many parentheses; those of a join begin with a table. */
function beginsQuery(cursor: TokenCursor): boolean {
  let ahead = 0
  while (cursor.sees('(', ahead)) ahead++
  return cursor.sees('select', ahead) || cursor.sees('values', ahead)
}

/** `lateral`: it sees the relations before it. */
function parseDerived(cursor: TokenCursor, reader: QueryReader, scope: QueryScope, lateral = false): Relation {
  cursor.expect('(')
  const { query, names } = cursor.nested(() =>
    cursor.accept('values') ? parseValues(cursor, reader, !lateral) : parseQuery(cursor, reader, !lateral),
  )
  cursor.expect(')')
  const alias = parseTableAlias(cursor)
  if (alias === undefined) throw new NotUnderstood()
  const columns = requireNames(cursor.accept('(') ? cursor.list(() => parseName(cursor)) : names, names.length)
  scope.add({ alias, columns: columns.map((name) => ({ name, hidden: false })) })
  return { kind: 'query', query, columns, alias, ...(lateral && { lateral }) }
}

/** Names of all columns of a query, and no two the same. */
export function requireNames(names: readonly (string | null)[], count: number): readonly string[] {
  const given = names.filter((name) => name !== null)
  if (given.length !== count || names.length !== count) throw new NotUnderstood('a column of a query has no name')
  return given
}

function parseTable(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Relation {
  const parts = [parseName(cursor)]
  while (cursor.accept('.')) parts.push(parsePart(cursor))
  const [name, schema] = parts.toReversed() as [string, ...string[]]
  if (parts.length > 2) throw new NotUnderstood('it names another database')
  const bareHints = parseTableHints(cursor, reader)
  if (!bareHints && cursor.sees('(')) throw new NotUnderstood(`it has the table function ${parts.join('.')}`)
  const alias = parseTableAlias(cursor)
  parseTableHints(cursor, reader)
  const named = schema === undefined ? reader.namedQuery(name) : undefined
  if (named !== undefined) {
    scope.add({ alias: alias ?? named.name, columns: named.columns })
    return { kind: 'named', name: named.name, alias: alias ?? named.name }
  }
  const table = reader.table(schema ?? null, name)
  scope.add({
    alias: alias ?? table.name,
    columns: table.columns,
    ...(alias === undefined && { schema: table.schema }),
  })
  return { kind: 'table', schema: table.schema, name: table.name, alias: alias ?? table.name }
}

/** `database..table` leaves a schema out. */
function parsePart(cursor: TokenCursor): string {
  if (cursor.sees('.')) throw new NotUnderstood('it names another database')
  return parseName(cursor)
}
