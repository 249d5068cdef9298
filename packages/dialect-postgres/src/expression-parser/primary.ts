import type { Expression } from '@albackup/core'
import type { Parse } from './arrays.ts'
import { FALSE, TRUE } from './conditions.ts'
import { callFunction, isFunction } from './functions.ts'
import { type Pattern, patternOf } from './patterns.ts'
import { isAggregate, parseAggregate, parseSubquery, requireNoWindow, seesQuery } from './query-parts.ts'
import { skipTo } from './skip-to.ts'
import { BARE_WORDS, SPECIAL_FORMS } from './special-forms.ts'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import type { Token } from './tokens.ts'
import { literalText, NULL, text } from './tree.ts'

/** An operand: a literal, a column, a function, a CASE, or `parse` in parentheses. */
export function parsePrimary(cursor: TokenCursor, parse: Parse): Expression {
  const token = cursor.take()
  switch (token.kind) {
    case 'text':
    case 'bits':
      return text(token.text)
    case 'integer':
    case 'decimal':
    case 'float':
      return { kind: 'literal', value: { type: token.kind, digits: token.text } }
    case 'word':
    case 'name':
      return parseNamed(cursor, token, parse)
    case 'symbol':
      return token.text === '(' ? parseParenthesised(cursor, parse) : notUnderstood()
    case 'end':
      return notUnderstood()
  }
}

function parseParenthesised(cursor: TokenCursor, parse: Parse): Expression {
  if (seesQuery(cursor)) return { kind: 'subquery', query: parseSubquery(cursor) }
  const inner = parse(cursor)
  if (cursor.sees(',')) return notUnderstood('it has rows of values')
  cursor.expect(')')
  return inner
}

function parseNamed(cursor: TokenCursor, token: Token, parse: Parse): Expression {
  const word = token.kind === 'word' ? token.text.toLowerCase() : undefined
  if (cursor.accept('.')) return parseQualified(cursor, token.text, parse)
  if (word !== undefined) {
    if (word === 'null') return NULL
    if (word === 'true') return TRUE
    if (word === 'false') return FALSE
    const special = SPECIAL_FORMS.get(word)
    if (special !== undefined) return special(cursor, parse)
    const bare = BARE_WORDS.get(word)
    if (bare !== undefined) return bare(cursor)
    if (word === 'exists' && cursor.accept('(')) return { kind: 'exists', query: parseSubquery(cursor) }
  }
  return cursor.accept('(') ? parseCall(cursor, token.text, parse) : columnOf(cursor, token.text)
}

function columnOf({ queries }: TokenCursor, name: string, relation?: string): Expression {
  return queries === undefined ? { kind: 'column', name } : queries.column(name, relation)
}

/** Functions of extensions stand with their schema; one of a user's own is called like none that is known, or not understood. */
const OF_EXTENSIONS: readonly string[] = ['uuid_generate_v4']

function parseQualified(cursor: TokenCursor, qualifier: string, parse: Parse): Expression {
  if (cursor.queries !== undefined && cursor.sees('*')) return notUnderstood('it shows a whole row as one value')
  const name = cursor.take().text
  if (cursor.queries !== undefined && !cursor.sees('(')) return columnOf(cursor, name, qualifier)
  if (qualifier !== 'pg_catalog' && !OF_EXTENSIONS.includes(name)) {
    return notUnderstood(`it calls the function ${qualifier}.${name}`)
  }
  cursor.expect('(')
  return parseCall(cursor, name, parse)
}

function parseCall(cursor: TokenCursor, name: string, parse: Parse): Expression {
  if (cursor.queries !== undefined && isAggregate(name)) return parseAggregate(cursor, name, parse)
  if (!isFunction(name)) return refuseCall(cursor, name)
  const args = cursor.list(() => parse(cursor))
  requireNoWindow(cursor)
  return callFunction(name, args)
}

function refuseCall(cursor: TokenCursor, name: string): never {
  skipTo(cursor, () => false)
  cursor.expect(')')
  requireNoWindow(cursor)
  return notUnderstood(`it calls the function ${name}`)
}

/** A pattern of LIKE: a literal, or `like_escape` of one and its escape. */
export function parsePattern(cursor: TokenCursor, parse: Parse): Pattern {
  if (!cursor.accept('like_escape', '(')) return patternOf(parse(cursor))
  const [pattern, mark] = cursor.list(() => parse(cursor)).map(literalText)
  return pattern === undefined || mark === undefined ? notUnderstood() : { text: pattern, escape: mark }
}
