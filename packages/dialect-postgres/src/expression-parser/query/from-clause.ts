import type { Join, Relation } from '@albackup/core'
import { asCondition, TRUE } from '../conditions.ts'
import { parseExpressionAt } from '../grammar.ts'
import { seesQuery } from '../query-parts.ts'
import { notUnderstood, type TokenCursor } from '../token-cursor.ts'
import { parseQuery } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'
import type { QueryScope, ScopeRelation } from './query-scope.ts'
import { equalColumns, mergedParts, parseUsing } from './using.ts'

/** What is read: a relation, and the names that its columns have in the clause. */
interface Read {
  readonly relation: Relation
  readonly parts: readonly ScopeRelation[]
}

/** What follows FROM. A lateral query behind a comma is joined with all that stands before it, of which it may name columns. */
export function parseFrom(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): readonly Relation[] {
  const relations: Relation[] = []
  do {
    const { relation } = parseRelation(cursor, reader, scope)
    const before = isLateral(relation) ? relations.splice(0) : []
    relations.push([...before, relation].reduce(crossed))
  } while (cursor.accept(','))
  return relations
}

function crossed(left: Relation, right: Relation): Relation {
  return { kind: 'join', join: 'cross', left, right }
}

function isLateral(relation: Relation): boolean {
  return relation.kind === 'query' && relation.lateral === true
}

/** A table, a query with a name, or a join, which stands in parentheses. */
function parseRelation(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Read {
  const lateral = cursor.accept('lateral')
  if (cursor.sees('(')) {
    return beginsQuery(cursor) ? parseDerived(cursor, reader, scope, lateral) : parseJoined(cursor, reader, scope)
  }
  return parseTable(cursor, reader, scope)
}

/** Whether the parenthesis `ahead` holds a query: one begins behind it, or a parenthesis with one that another is combined with. */
function beginsQuery(cursor: TokenCursor, ahead = 0): boolean {
  if (seesQuery(cursor, ahead + 1)) return true
  if (!cursor.sees('(', ahead + 1) || !beginsQuery(cursor, ahead + 1)) return false
  const behind = behindParenthesis(cursor, ahead + 1)
  return BEHIND_QUERY.some((word) => cursor.sees(word, behind))
}

const BEHIND_QUERY = ['union', 'intersect', 'except', 'order', 'limit', ')']

/** How far ahead stands what follows the parenthesis that opens `ahead` places on. */
function behindParenthesis(cursor: TokenCursor, ahead: number): number {
  let depth = 0
  do {
    if (cursor.sees('(', ahead)) depth++
    if (cursor.sees(')', ahead)) depth--
    ahead++
  } while (depth > 0 && cursor.peek(ahead).kind !== 'end')
  return ahead
}

function parseJoined(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Read {
  cursor.expect('(')
  const joined = cursor.nested(() => {
    let left = parseRelation(cursor, reader, scope)
    if (isLateral(left.relation)) return notUnderstood('a join begins with a lateral query')
    while (!cursor.sees(')')) left = parseJoin(left, cursor, reader, scope)
    return left
  })
  cursor.expect(')')
  return seesName(cursor) ? notUnderstood('a join has a name') : joined
}

function parseJoin(left: Read, cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Read {
  const kind = cursor.acceptOneOf(['left', 'right', 'full', 'cross', 'inner']) ?? 'inner'
  cursor.expect('join')
  const right = parseRelation(cursor, reader, scope)
  const names = kind !== 'cross' && cursor.accept('using') ? parseUsing(cursor) : []
  const parts = mergedParts(names, kind, left.parts, right.parts)
  const sides = { kind: 'join', join: kind, left: left.relation, right: right.relation } as const
  if (kind === 'cross') return { relation: sides, parts }
  const on = names.length > 0 ? equalColumns(names, left.parts, right.parts) : parseOn(cursor)
  if (!isLateral(right.relation)) return { relation: { ...sides, on: asCondition(on) }, parts }
  if (on !== TRUE || kind === 'right' || kind === 'full')
    return notUnderstood('it joins a lateral query by a condition')
  return { relation: { ...sides, join: kind === 'inner' ? 'cross' : kind }, parts }
}

function parseOn(cursor: TokenCursor): NonNullable<Join['on']> {
  cursor.expect('on')
  return parseExpressionAt(cursor)
}

function parseDerived(cursor: TokenCursor, reader: QueryReader, scope: QueryScope, lateral: boolean): Read {
  cursor.expect('(')
  const { query, names } = cursor.nested(() => parseQuery(cursor, reader, !lateral))
  cursor.expect(')')
  const alias = seesName(cursor) ? parseName(cursor) : notUnderstood('a query has no name')
  const columns = distinctNames(parseColumnNames(cursor, names))
  const relation: Relation = { kind: 'query', query, columns, alias, ...(lateral && { lateral }) }
  return added({ alias, columns: new Map(columns.map((name) => [name, name])) }, relation, scope)
}

function added(part: ScopeRelation, relation: Relation, scope: QueryScope): Read {
  scope.add(part)
  return { relation, parts: [part] }
}

/** Those behind the name of a relation; without them, its own. */
function parseColumnNames(cursor: TokenCursor, own: readonly string[]): readonly string[] {
  const given = cursor.accept('(') ? cursor.list(() => parseName(cursor)) : []
  return own.map((name, place) => given[place] ?? name)
}

export function distinctNames(names: readonly string[]): readonly string[] {
  return new Set(names).size === names.length ? names : notUnderstood('two columns of a query have the same name')
}

function parseTable(cursor: TokenCursor, reader: QueryReader, scope: QueryScope): Read {
  if (cursor.sees('only') && cursor.peek(1).kind !== 'symbol') return notUnderstood('it has ONLY')
  if (cursor.sees('rows') && cursor.sees('from', 1)) return notUnderstood('it has the rows of functions')
  const first = parseName(cursor)
  const name = cursor.accept('.') ? parseName(cursor) : undefined
  if (cursor.sees('(')) return notUnderstood(`it has the rows of the function ${name ?? first}`)
  const own = name === undefined ? namedColumns(reader, first) : reader.columnsOf({ schema: first, name })
  const alias = seesName(cursor) ? parseName(cursor) : (name ?? first)
  const columns = new Map(parseColumnNames(cursor, own).map((shown, place) => [shown, own[place]!]))
  if (cursor.sees('tablesample')) return notUnderstood('it shows a sample of its rows')
  const relation: Relation =
    name === undefined ? { kind: 'named', name: first, alias } : { kind: 'table', schema: first, name, alias }
  const key = name === undefined ? undefined : reader.keyOf({ schema: first, name })
  return added({ alias, columns, ...(key && { key }) }, relation, scope)
}

function namedColumns(reader: QueryReader, name: string): readonly string[] {
  return reader.namedColumns(name) ?? notUnderstood(`${name} is no table or view of the backup`)
}

/** The catalog writes its own words in capitals, and such a name in quotes. */
function seesName(cursor: TokenCursor): boolean {
  const { kind, text } = cursor.peek()
  return kind === 'name' || (kind === 'word' && text !== text.toUpperCase())
}

export function parseName(cursor: TokenCursor): string {
  return seesName(cursor) ? cursor.take().text : notUnderstood()
}
