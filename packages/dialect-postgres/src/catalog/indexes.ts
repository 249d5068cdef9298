import type { Index } from '@albackup/core'
import type { ClientBase } from 'pg'
import { sqlExpression } from '../expression-parser.ts'
import { nativeFacts } from '../native-facts.ts'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  /** Of the table. */
  readonly oid: string
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly clustered: boolean
  readonly valid: boolean
  readonly hasExpressions: boolean
  readonly keyCount: number
  /** Keys and then included columns. */
  readonly columns: readonly string[]
  readonly descending: readonly boolean[]
  readonly filter: string | null
  readonly nullsNotDistinct: boolean
  /** How it is stored: `fillfactor=70`. */
  readonly options: readonly string[]
  readonly comment: string | null
  readonly definition: string
}

/** Those that back no constraint. Bit 0 of an option is DESC (pg_index, "indoption"). */
const INDEXES = `
  select i.indrelid::text as oid, c.relname as name, m.amname as method, i.indisunique as unique,
    i.indisclustered as clustered, i.indisvalid as valid, i.indexprs is not null as "hasExpressions",
    i.indnkeyatts as "keyCount",
    array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality as key (number, position)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number order by key.position) as columns,
    array(select option & 1 = 1 from unnest(i.indoption::int2[]) as option) as descending,
    pg_get_expr(i.indpred, i.indrelid) as filter,
    coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as "nullsNotDistinct",
    coalesce(c.reloptions, '{}') as options, obj_description(c.oid, 'pg_class') as comment,
    pg_get_indexdef(c.oid) as definition
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_am m on m.oid = c.relam
  where ${IN_USER_SCHEMA} and not exists (select from pg_constraint k where k.conindid = i.indexrelid
    and k.contype in ('p', 'u', 'x'))
  order by c.relname collate "C", c.oid`

/** By the oid of the table. What indexes an expression is no index of columns, and an object of its own. */
export async function readIndexes(client: ClientBase): Promise<(table: string) => readonly Index[]> {
  const { rows } = await client.query<Row>(INDEXES)
  return (table) => rows.filter(({ oid, hasExpressions }) => oid === table && !hasExpressions).map(indexOf)
}

function indexOf({ columns, keyCount, descending, filter, comment, definition, ...index }: Row): Index {
  const { nullsNotDistinct, options } = index
  return {
    name: index.name,
    unique: index.unique,
    clustered: index.clustered,
    method: index.method,
    columns: columns.slice(0, keyCount).map((name, i) => ({ name, descending: descending[i] ?? false })),
    included: columns.slice(keyCount),
    ...(filter === null ? {} : { filter: sqlExpression(filter, 'condition') }),
    enabled: index.valid,
    ...(comment === null ? {} : { comment }),
    ...nativeFacts({ definition, nullsNotDistinct, options }),
  }
}
