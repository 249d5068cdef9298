import type { Expression } from './expression.ts'
import { someWithin } from './parts-within.ts'
import type { Query } from './query.ts'

const ONE: Expression = { kind: 'literal', value: { type: 'integer', digits: '1' } }

/** The query that EXISTS is asked of: what a row shows does not matter to whether there is one, unless a group is made of all rows. */
export function anyRow(query: Query): Query {
  if (query.kind !== 'select') return query
  const isOneGroup =
    query.groupBy === undefined &&
    (query.having !== undefined || query.items.some((item) => someWithin(item, ({ kind }) => kind === 'aggregate')))
  return isOneGroup ? query : { ...query, distinct: false, items: [ONE] }
}
