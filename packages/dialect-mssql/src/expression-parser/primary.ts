import type { Expression, Literal } from '@albackup/core'
import { BARE_FUNCTIONS, callFunction } from './functions.ts'
import { endsOperand, isAggregate, parseAggregate, parseSubquery, seesQuery } from './query-parts.ts'
import { type Parse, parseCase, parseName, parseNextValue, SPECIAL_FORMS } from './special-forms.ts'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'
import type { Token } from './tokens.ts'

/** An operand: a literal, a column, a function, a CASE, or `parse` in parentheses. */
export function parsePrimary(cursor: TokenCursor, parse: Parse): Expression {
  const token = cursor.take()
  switch (token.kind) {
    case 'symbol':
      return parseParenthesised(cursor, token, parse)
    case 'word':
    case 'name':
      return parseNamed(cursor, token, parse)
    case 'money':
      return {
        kind: 'convert',
        operand: literal({ type: 'decimal', digits: token.text }),
        type: { kind: 'decimal', precision: 19, scale: 4 },
        style: null,
      }
    case 'text':
      return literal({ type: 'text', text: token.text, unicode: token.unicode })
    case 'binary':
      return literal({ type: 'binary', hex: token.text })
    case 'integer':
    case 'decimal':
    case 'float':
      return literal({ type: token.kind, digits: token.text })
    case 'end':
      throw new NotUnderstood()
  }
}

function literal(value: Literal): Expression {
  return { kind: 'literal', value }
}

function parseParenthesised(cursor: TokenCursor, token: Token, parse: Parse): Expression {
  if (token.text !== '(') throw new NotUnderstood()
  if (seesQuery(cursor)) return { kind: 'subquery', query: parseSubquery(cursor) }
  const inner = parse(cursor)
  cursor.expect(')')
  return inner
}

/** Words that end an operand or begin what is not one; a column of that name must be quoted. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['and', 'as', 'between', 'collate', 'else', 'end', 'escape', 'exists', 'for', 'from', 'in', 'is', 'like', 'not'],
  ...['or', 'select', 'then', 'when', 'all', 'any', 'some'],
])

function parseNamed(cursor: TokenCursor, first: Token, parse: Parse): Expression {
  const builtIn = cursor.sees('.') && first.text.toLowerCase() === 'sys'
  if (builtIn) cursor.expect('.')
  const token = builtIn ? cursor.take() : first
  const name = token.text.toLowerCase()
  if (cursor.accept('(')) return parseCall(cursor, name, parse)
  if (builtIn) throw new NotUnderstood()
  if (cursor.sees('.')) return parseQualified(cursor, token.text)
  if (token.kind === 'name') return columnOf(cursor, token.text)
  if (name === 'null') return literal({ type: 'null' })
  if (name === 'case') return parseCase(cursor, parse)
  if (name === 'next' && cursor.sees('value')) return parseNextValue(cursor)
  const bare = BARE_FUNCTIONS.get(name)
  if (bare !== undefined) return { kind: 'call', name: bare, arguments: [] }
  if (RESERVED.has(name) || (cursor.queries !== undefined && endsOperand(name))) throw new NotUnderstood()
  return columnOf(cursor, token.text)
}

function columnOf({ queries }: TokenCursor, name: string): Expression {
  return queries === undefined ? { kind: 'column', name } : queries.column(name, [])
}

/** `[dbo].[T].[c]`, in a query. */
function parseQualified(cursor: TokenCursor, first: string): Expression {
  const parts = [first]
  while (cursor.accept('.')) parts.push(parseName(cursor))
  if (cursor.queries === undefined) throw new NotUnderstood()
  if (cursor.sees('(')) throw new NotUnderstood(`it calls the function ${parts.join('.')}`)
  return cursor.queries.column(parts.at(-1)!, parts.slice(0, -1))
}

function parseCall(cursor: TokenCursor, name: string, parse: Parse): Expression {
  if (cursor.queries !== undefined) {
    if (name === 'exists') return { kind: 'exists', query: parseSubquery(cursor) }
    if (isAggregate(name)) return parseAggregate(cursor, name, parse)
  }
  const special = SPECIAL_FORMS.get(name)
  if (special !== undefined) return special(cursor, parse)
  const args = cursor.list(() => parse(cursor))
  if (cursor.sees('over')) throw new NotUnderstood('it has a window function')
  return callFunction(name, args)
}
