import type { IntegerType, Sequence } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  readonly schema: string
  readonly name: string
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
  readonly cycle: boolean
  readonly cache: string
  readonly lastValue: string | null
  readonly comment: string | null
}

/** Those that belong to no column; an identity's sequence is part of the column. */
const SEQUENCES = `
  select n.nspname as schema, c.relname as name, format_type(s.seqtypid, null) as type, s.seqstart::text as start,
    s.seqincrement::text as increment, s.seqmin::text as minimum, s.seqmax::text as maximum, s.seqcycle as cycle,
    s.seqcache::text as cache, pg_sequence_last_value(c.oid)::text as "lastValue",
    obj_description(c.oid, 'pg_class') as comment
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA}
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
      and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
  order by n.nspname collate "C", c.relname collate "C"`

export async function readSequences(client: ClientBase): Promise<readonly Sequence[]> {
  const { rows } = await client.query<Row>(SEQUENCES)
  return rows.map(({ type, cache, comment, ...sequence }) => ({
    ...sequence,
    native: { declaration: type },
    logical: integerType(type),
    cache: Number(cache),
    ...(comment === null ? {} : { comment }),
  }))
}

function integerType(type: string): IntegerType {
  const bits = type === 'smallint' ? 16 : type === 'integer' ? 32 : 64
  return { kind: 'integer', bits, signed: true }
}
