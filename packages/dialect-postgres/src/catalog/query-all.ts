import type { ClientBase, QueryResult, QueryResultRow } from 'pg'

/** The rows of each of the queries, sent as one message: a catalog is read by so many that the way there and back would cost a third of the time. */
export async function queryAll<R extends QueryResultRow>(
  client: ClientBase,
  queries: readonly string[],
): Promise<readonly (readonly R[])[]> {
  const results: unknown = await client.query(queries.join(';\n'))
  return [results].flat().map((result) => (result as QueryResult<R>).rows)
}
