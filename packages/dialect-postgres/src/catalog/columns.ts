import type { Column, Identity, LogicalType } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  /** Of the table. */
  readonly oid: string
  readonly name: string
  readonly declaration: string
  /** The type's own name, of a domain that of its base. */
  readonly type: string
  readonly modifier: number
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
    case when t.typtype = 'd' then base.typname else t.typname end as type,
    case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as modifier,
    not a.attnotnull as nullable, a.attidentity <> '' as identity, s.seqstart::text as seed,
    s.seqincrement::text as increment, pg_sequence_last_value(s.seqrelid)::text as "lastValue",
    a.attgenerated <> '' as generated, a.attgenerated = 's' as persisted, pg_get_expr(d.adbin, d.adrelid) as expression,
    col_description(c.oid, a.attnum) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_type base on base.oid = t.typbasetype
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_depend i on i.classid = 'pg_class'::regclass and i.refclassid = 'pg_class'::regclass
    and i.refobjid = c.oid and i.refobjsubid = a.attnum and i.deptype = 'i'
  left join pg_sequence s on s.seqrelid = i.objid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p')
  order by c.oid, a.attnum`

/** By the oid of the table. */
export async function readColumns(client: ClientBase): Promise<ReadonlyMap<string, readonly Column[]>> {
  const { rows } = await client.query<Row>(COLUMNS)
  const columns = new Map<string, Column[]>()
  for (const row of rows) columns.set(row.oid, [...(columns.get(row.oid) ?? []), columnOf(row)])
  return columns
}

function columnOf(row: Row): Column {
  const { name, declaration, nullable, generated, expression, comment } = row
  const identity = identityOf(row)
  const sql = expression === null ? undefined : { native: expression }
  return {
    name,
    native: { declaration },
    logical: logicalType(row.type, row.modifier),
    nullable,
    ...(identity === undefined ? {} : { identity }),
    ...(sql === undefined || generated ? {} : { default: { name: null, systemNamed: true, expression: sql } }),
    ...(sql === undefined || !generated ? {} : { computed: { expression: sql, persisted: row.persisted } }),
    ...(comment === null ? {} : { comment }),
  }
}

function identityOf({ identity, seed, increment, lastValue }: Row): Identity | undefined {
  return identity && seed !== null && increment !== null ? { seed, increment, lastValue } : undefined
}

const FIXED_TYPES: Readonly<Record<string, LogicalType>> = {
  bool: { kind: 'boolean' },
  int2: { kind: 'integer', bits: 16, signed: true },
  int4: { kind: 'integer', bits: 32, signed: true },
  int8: { kind: 'integer', bits: 64, signed: true },
  float4: { kind: 'float', bits: 32 },
  float8: { kind: 'float', bits: 64 },
  date: { kind: 'date' },
  uuid: { kind: 'uuid' },
  xml: { kind: 'xml' },
  json: { kind: 'json' },
  jsonb: { kind: 'json' },
  bytea: { kind: 'binary', length: null, fixed: false },
}

/** The modifier of a type with a length counts four bytes of a header too (VARHDRSZ). */
const HEADER = 4

/** Types without a meaning of their own here are texts: their printed form. */
function logicalType(type: string, modifier: number): LogicalType {
  const length = modifier < 0 ? null : modifier - HEADER
  switch (type) {
    case 'numeric':
      return length === null ? text(null) : { kind: 'decimal', precision: length >> 16, scale: length & 0xffff }
    case 'varchar':
      return text(length)
    case 'bpchar':
      return { ...text(length), fixed: length !== null }
    case 'time':
    case 'timestamp':
      return { kind: type, precision: modifier < 0 ? 6 : modifier }
    case 'timestamptz':
      return { kind: 'instant', precision: modifier < 0 ? 6 : modifier }
    default:
      return FIXED_TYPES[type] ?? text(null)
  }
}

function text(length: number | null): Extract<LogicalType, { kind: 'text' }> {
  return { kind: 'text', length, unit: 'characters', fixed: false }
}
