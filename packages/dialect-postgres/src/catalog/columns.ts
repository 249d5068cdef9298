import type { Column, Identity, Json, NativeType } from '@albackup/core'
import type { ClientBase } from 'pg'
import { sqlExpression } from '../expression-parser.ts'
import { remarkable } from '../native-facts.ts'
import { columnSettings } from './column-settings.ts'
import type { SequenceValue } from './sequence-values.ts'
import { withComparison } from './text-comparison.ts'
import type { Types } from './types.ts'
import { IN_USER_SCHEMA } from './user-schemas.ts'

export interface ColumnRow {
  /** Of the table. */
  readonly oid: string
  readonly name: string
  readonly declaration: string
  /** The oid of the type. */
  readonly type: string
  readonly modifier: number
  /** Where it is not the type's own; quoted. */
  readonly collation: string | null
  /** Texts that are equal in it are the same, character by character. */
  readonly deterministic: boolean
  readonly nullable: boolean
  /** The name of the constraint, where it is not the usual one. */
  readonly notNull: string | null
  readonly notNullNoInherit: boolean
  /** The column is declared again, and the constraint is not. */
  readonly notNullInherited: boolean
  /** Comes from a table that this one inherits from, and is not declared again. */
  readonly inherited: boolean
  /** a: always, d: by default; s: a default from a sequence that the column owns. */
  readonly identity: 'a' | 'd' | 's' | null
  readonly sequenceSchema: string | null
  readonly sequenceName: string | null
  readonly sequenceType: string
  readonly seed: string | null
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
  readonly cache: string
  readonly cycle: boolean
  readonly unlogged: boolean | null
  readonly sequenceOid: string | null
  readonly generated: boolean
  /** False for a generated column that is virtual (from PostgreSQL 18 on). */
  readonly persisted: boolean
  readonly expression: string | null
  /** Clauses of `alter table … alter column`. */
  readonly settings: readonly string[]
  readonly comment: string | null
}

/** Whether an inherited column may be null can be said again (from 18 on by a constraint of its own), and before 18 taken back. */
const INHERITED_NOT_NULL = `case when a.attinhcount > 0 and not c.relispartition then (
      select case when a.attnotnull and not bool_or(pa.attnotnull) and not a.attislocal and k.oid is null then 'set not null'
        when not a.attnotnull and bool_or(pa.attnotnull) then 'drop not null' end
      from pg_inherits ih join pg_attribute pa on pa.attrelid = ih.inhparent and pa.attname = a.attname where ih.inhrelid = c.oid) end`

/** The constraint comes with the table that this one inherits from; one that is not valid there comes after the rows, and is not valid here either. */
const INHERITED_CONSTRAINT = `not k.conislocal and a.attislocal and not c.relispartition and not exists (
      select from pg_inherits ih join pg_attribute pa on pa.attrelid = ih.inhparent and pa.attname = a.attname
      join pg_constraint pk on pk.conrelid = ih.inhparent and pk.contype = 'n' and pk.conkey = array[pa.attnum]
      where ih.inhrelid = c.oid and not pk.convalidated)`

/**
 * A not-null constraint has its own row from PostgreSQL 18 on. Before 16 a child cannot say again from what its parent
 * generates a column.
 */
const COLUMNS = `
  select c.oid::text as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as declaration,
    a.atttypid::text as type, a.atttypmod as modifier,
    case when a.attcollation <> t.typcollation
      then (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
        join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end as collation,
    coalesce((select co.collisdeterministic from pg_collation co where co.oid = a.attcollation), true) as deterministic,
    not a.attnotnull or coalesce(not k.convalidated, false) as nullable,
    case when k.convalidated and not (${INHERITED_CONSTRAINT}) and k.conname <> c.relname || '_' || a.attname || '_not_null' then k.conname end as "notNull",
    coalesce(k.convalidated and k.connoinherit, false) as "notNullNoInherit",
    coalesce(${INHERITED_CONSTRAINT}, false) as "notNullInherited",
    not a.attislocal or a.attgenerated <> '' and not c.relispartition and current_setting('server_version_num')::int < 160000
      and exists (select from pg_inherits ih join pg_attribute pa on pa.attrelid = ih.inhparent and pa.attname = a.attname
        where ih.inhrelid = c.oid and pa.attgenerated <> '') as inherited,
    coalesce(nullif(a.attidentity::text, ''), case when s.seqrelid is not null then 's' end) as identity,
    sn.nspname as "sequenceSchema", sc.relname as "sequenceName", format_type(s.seqtypid, null) as "sequenceType",
    s.seqstart::text as seed, s.seqincrement::text as increment, s.seqmin::text as minimum, s.seqmax::text as maximum,
    s.seqcache::text as cache, s.seqcycle as cycle, sc.relpersistence = 'u' as unlogged, s.seqrelid::text as "sequenceOid",
    a.attgenerated <> '' as generated, a.attgenerated = 's' as persisted, case when a.attidentity = '' then pg_get_expr(d.adbin, d.adrelid) end as expression,
    array_remove(${columnSettings('a', 't')} || ${INHERITED_NOT_NULL}, null) as settings,
    col_description(c.oid, a.attnum) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_constraint k on k.conrelid = c.oid and k.contype = 'n' and k.conkey = array[a.attnum]
  left join pg_depend i on i.classid = 'pg_class'::regclass and i.refclassid = 'pg_class'::regclass
    and i.refobjid = c.oid and i.refobjsubid = a.attnum
    and (i.deptype = 'i' and a.attidentity <> '' or i.deptype = 'a' and t.typtype = 'b'
      and (select sq.seqtypid from pg_sequence sq where sq.seqrelid = i.objid) is not null
      and pg_get_expr(d.adbin, d.adrelid) = 'nextval(' || quote_literal(i.objid::regclass::text) || '::regclass)'
      and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype))
  left join pg_sequence s on s.seqrelid = i.objid
  left join pg_class sc on sc.oid = s.seqrelid
  left join pg_namespace sn on sn.oid = sc.relnamespace
  where ${IN_USER_SCHEMA} and (c.relkind in ('r', 'p') or c.relkind = 'f' and c.relispartition)
  order by c.oid, a.attnum`

/** A column, and whether the table declares it itself. */
export interface ReflectedColumn {
  readonly column: Column
  readonly inherited: boolean
  readonly settings: readonly string[]
}

/** By the oid of the table. */
export async function readColumns(
  client: ClientBase,
  types: Types,
  sequenceValue: (oid: string) => SequenceValue,
): Promise<ReadonlyMap<string, readonly ReflectedColumn[]>> {
  const { rows } = await client.query<ColumnRow>(COLUMNS)
  const columns = new Map<string, ReflectedColumn[]>()
  for (const row of rows) {
    const { oid, name, inherited } = row
    const settings = row.settings.map((setting) => `alter column ${quoteName(name)} ${setting}`)
    columns.set(oid, [
      ...(columns.get(oid) ?? []),
      { column: columnOf(row, types, sequenceValue(row.sequenceOid ?? '')), inherited, settings },
    ])
  }
  return columns
}

function columnOf(row: ColumnRow, types: Types, value: SequenceValue): Column {
  const { name, nullable, generated, expression, comment } = row
  const identity = identityOf(row, value)
  const sql = expression === null || row.identity === 's' ? undefined : sqlExpression(expression, 'value')
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

function typeOf(row: ColumnRow, types: Types): Pick<Column, 'native' | 'logical'> {
  const { type, modifier, declaration, collation, notNull, notNullNoInherit, notNullInherited } = row
  const { logical, facts } = types.meaning(type, modifier)
  const own = types.get(type)
  const all = remarkable({
    ...facts,
    notNull,
    notNullNoInherit,
    notNullInherited,
    needs: types.needs(type),
    names: types.holdsNames(type),
  })
  const native: NativeType = {
    declaration,
    ...(collation === null ? {} : { collation }),
    ...(own?.type === 'd' ? { alias: { schema: own.schema, name: own.name } } : {}),
    ...(all === undefined ? {} : { facts: all }),
  }
  return { native, logical: withComparison(logical, types.base(type), row.deterministic) }
}

const KINDS = { a: 'always', d: 'by default', s: 'serial' } as const

/** A serial column counts as well as an identity does; how it is made is a fact. */
function identityOf(row: ColumnRow, { lastValue, restart }: SequenceValue): Identity | undefined {
  const { identity, sequenceSchema, sequenceName, seed, increment, minimum, maximum, cache, cycle } = row
  if (identity === null || seed === null || sequenceSchema === null || sequenceName === null) return undefined
  const sequence: Json = { schema: sequenceSchema, name: sequenceName }
  const unlogged = row.unlogged === true && identity === 's' ? { unlogged: true } : {}
  const native = {
    kind: KINDS[identity],
    sequence,
    type: row.sequenceType,
    minimum,
    maximum,
    cache,
    cycle,
    ...unlogged,
    ...(restart === null ? {} : { restart }),
  }
  return { seed, increment, lastValue, native }
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
