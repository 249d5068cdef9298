import type { Expression, Selection } from '@albackup/core'
import { parseExpressionAt } from '../grammar.ts'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import { parseFrom } from './from-clause.ts'
import type { NamedColumns } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'
import { parseItems } from './select-list.ts'

/** SELECT with all its clauses. The names in its list are those of FROM, which is read first. */
export function parseSelection(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  cursor.expect('select')
  const distinct = cursor.acceptOneOf(['distinct', 'all']) === 'distinct'
  const ordered = parseTop(cursor)
  return reader.within((scope) => {
    const list = cursor.place
    skipList(cursor)
    const listEnd = cursor.place
    const from = cursor.accept('from') ? parseFrom(cursor, reader, scope) : []
    const clauses = parseClauses(cursor)
    const end = cursor.place
    cursor.moveTo(list)
    const items = parseItems(cursor, scope)
    if (cursor.place !== listEnd) throw new NotUnderstood()
    cursor.moveTo(end)
    if (ordered) skipOrder(cursor)
    if (ordered) reader.asides.add('order')
    const query = {
      kind: 'select',
      distinct,
      items: items.map(({ expression }) => expression),
      from,
      ...clauses,
    } as const
    return { query, names: items.map(({ name }) => name) }
  }, beside)
}

/** Whether all rows are asked for in an order: `TOP 100 PERCENT`, which is no promise about the rows of a view. */
function parseTop(cursor: TokenCursor): boolean {
  if (!cursor.accept('top')) return false
  const bracketed = cursor.accept('(')
  const all = cursor.take().text === '100'
  if (bracketed) cursor.expect(')')
  if (!all || !cursor.accept('percent') || cursor.sees('with'))
    throw new NotUnderstood('it shows the TOP of its rows only')
  return true
}

function parseClauses(cursor: TokenCursor): Pick<Selection, 'where' | 'groupBy' | 'having'> {
  const where = cursor.accept('where') ? parseExpressionAt(cursor) : undefined
  const groupBy = cursor.accept('group') ? parseGroupBy(cursor) : undefined
  const having = cursor.accept('having') ? parseExpressionAt(cursor) : undefined
  return { ...(where && { where }), ...(groupBy && { groupBy }), ...(having && { having }) }
}

const GROUPINGS = ['all', 'rollup', 'cube', 'grouping', '(']

function parseGroupBy(cursor: TokenCursor): readonly Expression[] {
  cursor.expect('by')
  const sets = cursor.sees('(') ? cursor.sees(')', 1) : GROUPINGS.some((word) => cursor.sees(word))
  if (sets) throw new NotUnderstood('it groups in more than one way')
  const expressions = [parseExpressionAt(cursor)]
  while (cursor.accept(',')) expressions.push(parseExpressionAt(cursor))
  if (cursor.sees('with') && !cursor.sees('check', 1)) throw new NotUnderstood('it groups in more than one way')
  return expressions
}

const BEHIND_LIST = ['from', 'where', 'group', 'having', 'order', 'union', 'intersect', 'except', 'for', 'into', ';']

/** To what follows the select list, which is read later. */
function skipList(cursor: TokenCursor): void {
  skipTo(cursor, () => BEHIND_LIST.some((word) => cursor.sees(word)))
}

function skipOrder(cursor: TokenCursor): void {
  if (!cursor.accept('order')) return
  skipTo(cursor, () => ['for', 'with', 'offset', 'option', ';'].some((word) => cursor.sees(word)))
}

/** Takes tokens until one outside of parentheses fulfils the condition, closes the parenthesis around, or ends the text. */
function skipTo(cursor: TokenCursor, isThere: () => boolean): void {
  for (let depth = 0; depth > 0 || (!isThere() && !cursor.sees(')')); cursor.take()) {
    if (cursor.peek().kind === 'end') return
    if (cursor.sees('(')) depth++
    if (cursor.sees(')')) depth--
  }
}
