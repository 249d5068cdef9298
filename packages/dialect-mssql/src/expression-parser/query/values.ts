import type { Query } from '@albackup/core'
import { parseExpressionAt } from '../grammar.ts'
import { NotUnderstood, type TokenCursor } from '../token-cursor.ts'
import type { NamedColumns } from './query-grammar.ts'
import type { QueryReader } from './query-reader.ts'

/** Of more rows the tree would be too deep. */
const MOST_ROWS = 100

/** What follows VALUES, as a UNION ALL of its rows. `beside`: they see no relation of the selection they stand in. */
export function parseValues(cursor: TokenCursor, reader: QueryReader, beside: boolean): NamedColumns {
  return reader.within(() => {
    let rows = parseRow(cursor)
    for (let count = 1; cursor.accept(','); count++) {
      const right = parseRow(cursor)
      if (right.names.length !== rows.names.length || count === MOST_ROWS) throw new NotUnderstood()
      rows = { query: { kind: 'union all', left: rows.query, right: right.query }, names: rows.names }
    }
    return rows
  }, beside)
}

function parseRow(cursor: TokenCursor): NamedColumns {
  cursor.expect('(')
  const items = cursor.list(() => parseExpressionAt(cursor))
  if (items.length === 0) throw new NotUnderstood()
  const query: Query = { kind: 'select', distinct: false, items, from: [] }
  return { query, names: items.map(() => null) }
}
