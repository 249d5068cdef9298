import type { Expression } from '@albackup/core'
import { parseExpressionAt } from '../grammar.ts'
import { endsOperand } from '../query-parts.ts'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import type { QueryScope, ScopeRelation } from './query-scope.ts'

export interface Item {
  readonly expression: Expression
  /** null: it has none. */
  readonly name: string | null
}

export function parseItems(cursor: TokenCursor, scope: QueryScope): readonly Item[] {
  const items = [...parseItem(cursor, scope)]
  while (cursor.accept(',')) items.push(...parseItem(cursor, scope))
  return items
}

function parseItem(cursor: TokenCursor, scope: QueryScope): readonly Item[] {
  if (cursor.accept('*')) return allColumns(scope.relations)
  const qualifiers = starQualifiers(cursor)
  if (qualifiers !== undefined) return allColumns(scope.matching(qualifiers))
  if ((isName(cursor) || cursor.peek().kind === 'text') && cursor.sees('=', 1)) {
    const name = cursor.take().text
    cursor.expect('=')
    return [{ name, expression: parseExpressionAt(cursor) }]
  }
  const expression = parseExpressionAt(cursor)
  return [{ expression, name: parseAlias(cursor) ?? (expression.kind === 'column' ? expression.name : null) }]
}

/** In the order in which a table was made; a table may hide some. */
function allColumns(relations: readonly ScopeRelation[]): readonly Item[] {
  if (relations.length === 0) throw new NotUnderstood()
  return relations.flatMap(({ alias, columns }) =>
    columns
      .filter(({ hidden }) => !hidden)
      .map(({ name }) => ({ name, expression: { kind: 'column', name, of: alias } as const })),
  )
}

/** Takes `[dbo].[T].*`, if it is there. */
function starQualifiers(cursor: TokenCursor): readonly string[] | undefined {
  const begin = cursor.place
  const qualifiers: string[] = []
  while (isName(cursor) && cursor.sees('.', 1)) {
    qualifiers.push(cursor.take().text)
    cursor.expect('.')
    if (cursor.accept('*')) return qualifiers
  }
  cursor.moveTo(begin)
  return undefined
}

/** A name that is quoted, or a word that is no word of a query. */
export function isName(cursor: TokenCursor): boolean {
  const { kind, text } = cursor.peek()
  return kind === 'name' || (kind === 'word' && !endsOperand(text.toLowerCase()))
}

/** `as x`, `x` or `'x'`. */
function parseAlias(cursor: TokenCursor): string | undefined {
  if (cursor.peek(cursor.sees('as') ? 1 : 0).kind !== 'text') return parseTableAlias(cursor)
  cursor.accept('as')
  return cursor.take().text
}

/** `as x` or `x`. */
export function parseTableAlias(cursor: TokenCursor): string | undefined {
  const said = cursor.accept('as')
  if (isName(cursor)) return cursor.take().text
  if (said) throw new NotUnderstood()
  return undefined
}
