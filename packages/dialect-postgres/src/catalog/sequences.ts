import type { IntegerType, Sequence } from '@albackup/core'
import type { ClientBase } from 'pg'
import { remarkable } from '../native-facts.ts'
import type { SequenceValue } from './sequence-values.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

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
  readonly oid: string
  readonly unlogged: boolean
  readonly comment: string | null
  /** The column it goes with, which is no serial column: `alter sequence … owned by` this. */
  readonly ownedBy: string | null
}

/** Those that give an identity or a serial column its values are part of the column. */
const SEQUENCES = `
  select n.nspname as schema, c.relname as name, format_type(s.seqtypid, null) as type, s.seqstart::text as start,
    s.seqincrement::text as increment, s.seqmin::text as minimum, s.seqmax::text as maximum, s.seqcycle as cycle,
    s.seqcache::text as cache, c.oid::text as oid, c.relpersistence = 'u' as unlogged,
    quote_ident(tn.nspname) || '.' || quote_ident(t.relname) || '.' || quote_ident(a.attname) as "ownedBy",
    obj_description(c.oid, 'pg_class') as comment
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
    and d.deptype in ('a', 'i') and d.refobjsubid > 0
  left join pg_class t on t.oid = d.refobjid
  left join pg_namespace tn on tn.oid = t.relnamespace
  left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  left join pg_attrdef v on v.adrelid = d.refobjid and v.adnum = d.refobjsubid
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_class', 'c.oid')} and c.relpersistence <> 't'
    and d.deptype is distinct from 'i' and (d.objid is null or a.atttypid not in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      or pg_get_expr(v.adbin, v.adrelid) is distinct from 'nextval(' || quote_literal(c.oid::regclass::text) || '::regclass)')
  order by n.nspname collate "C", c.relname collate "C"`

export async function readSequences(
  client: ClientBase,
  sequenceValue: (oid: string) => SequenceValue,
): Promise<readonly Sequence[]> {
  const { rows } = await client.query<Row>(SEQUENCES)
  return rows.map(({ oid, type, cache, comment, ownedBy, unlogged, ...sequence }) => {
    const { lastValue, restart } = sequenceValue(oid)
    const facts = remarkable({ ownedBy, restart, unlogged })
    return {
      ...sequence,
      native: { declaration: type, ...(facts === undefined ? {} : { facts }) },
      logical: integerType(type),
      cache: Number(cache),
      lastValue,
      ...(comment === null ? {} : { comment }),
    }
  })
}

function integerType(type: string): IntegerType {
  const bits = type === 'smallint' ? 16 : type === 'integer' ? 32 : 64
  return { kind: 'integer', bits, signed: true }
}
