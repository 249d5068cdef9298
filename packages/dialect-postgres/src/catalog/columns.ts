import type { Column, Identity, NativeType } from '@albackup/core'
import type { ClientBase } from 'pg'
import type { Types } from './types.ts'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  /** Of the table. */
  readonly oid: string
  readonly name: string
  readonly declaration: string
  /** The oid of the type. */
  readonly type: string
  readonly modifier: number
  /** Where it is not the type's own; quoted. */
  readonly collation: string | null
  readonly nullable: boolean
  readonly identity: boolean
  readonly seed: string | null
  readonly increment: string | null
  readonly lastValue: string | null
  readonly generated: boolean
  /** False for a generated column that is virtual (from PostgreSQL 18 on). */
  readonly persisted: boolean
  readonly expression: string | null
  readonly comment: string | null
}

const COLUMNS = `
  select c.oid::text as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as declaration,
    a.atttypid::text as type, a.atttypmod as modifier,
    case when a.attcollation <> t.typcollation
      then (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
        join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end as collation,
    not a.attnotnull or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'n'
      and not k.convalidated and a.attnum = any (k.conkey)) as nullable, a.attidentity <> '' as identity, s.seqstart::text as seed,
    s.seqincrement::text as increment, pg_sequence_last_value(s.seqrelid)::text as "lastValue",
    a.attgenerated <> '' as generated, a.attgenerated = 's' as persisted, pg_get_expr(d.adbin, d.adrelid) as expression,
    col_description(c.oid, a.attnum) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_depend i on i.classid = 'pg_class'::regclass and i.refclassid = 'pg_class'::regclass
    and i.refobjid = c.oid and i.refobjsubid = a.attnum and i.deptype = 'i'
  left join pg_sequence s on s.seqrelid = i.objid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p')
  order by c.oid, a.attnum`

/** By the oid of the table. */
export async function readColumns(client: ClientBase, types: Types): Promise<ReadonlyMap<string, readonly Column[]>> {
  const { rows } = await client.query<Row>(COLUMNS)
  const columns = new Map<string, Column[]>()
  for (const row of rows) columns.set(row.oid, [...(columns.get(row.oid) ?? []), columnOf(row, types)])
  return columns
}

function columnOf(row: Row, types: Types): Column {
  const { name, nullable, generated, expression, comment } = row
  const identity = identityOf(row)
  const sql = expression === null ? undefined : { native: expression }
  return {
    name,
    ...typeOf(row, types),
    nullable,
    ...(identity === undefined ? {} : { identity }),
    ...(sql === undefined || generated ? {} : { default: { name: null, systemNamed: true, expression: sql } }),
    ...(sql === undefined || !generated ? {} : { computed: { expression: sql, persisted: row.persisted } }),
    ...(comment === null ? {} : { comment }),
  }
}

function typeOf({ type, modifier, declaration, collation }: Row, types: Types): Pick<Column, 'native' | 'logical'> {
  const { logical, facts } = types.meaning(type, modifier)
  const own = types.get(type)
  const native: NativeType = {
    declaration,
    ...(collation === null ? {} : { collation }),
    ...(own?.type === 'd' ? { alias: { schema: own.schema, name: own.name } } : {}),
    ...(facts === undefined ? {} : { facts }),
  }
  return { native, logical }
}

function identityOf({ identity, seed, increment, lastValue }: Row): Identity | undefined {
  return identity && seed !== null && increment !== null ? { seed, increment, lastValue } : undefined
}
