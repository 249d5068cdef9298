import type { QualifiedName, SchemaModel } from '@albackup/core'
import type { ClientBase } from 'pg'
import { publishedTable } from './catalog/objects/database.ts'
import { reflect } from './reflect.ts'

/** What a restore drops in the target, and what goes with it. */
export interface Replaced {
  /** All of the target. */
  readonly there: SchemaModel
  /** What stands behind GRANT … ON: `table s.t`, also for partitions and views, `sequence s.t_id_seq`, `routine s.f(s.t)`. */
  readonly dropped: readonly string[]
  readonly memberships: readonly Membership[]
  readonly blockers: readonly Blocker[]
}

/** Of a table in a publication. */
export interface Membership {
  readonly publication: string
  /** As PostgreSQL writes its name. */
  readonly table: string
  readonly relation: QualifiedName
  /** That is it, or that it is a partition of. */
  readonly root: QualifiedName
  readonly sql: string
  /** Those that it needs. */
  readonly columns: readonly string[]
  /** Whether the user may change the publication. */
  readonly owned: boolean
}

/** What needs something that is dropped, and is none of it. */
export interface Blocker {
  readonly kind: string
  readonly name: string
}

/** `$1`: names of tables and views. Partitions go with their table. */
const DROPPED = `
  with named as (select c.oid, c.relkind from unnest($1::text[]) as given (name) join pg_class c on c.oid = to_regclass(given.name)
      where c.relkind in ('r', 'p', 'v', 'm')),
    dropped as (select oid from named union select tree.relid from named cross join lateral pg_partition_tree(named.oid) as tree
      where named.relkind = 'p')`

/** The sequences of their columns. */
const SEQUENCES = `select s.oid from dropped join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = dropped.oid
      and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') join pg_class s on s.oid = d.objid and s.relkind = 'S'`

const GRANTED = `${DROPPED}
  select 'table ' || oid::regclass as name from dropped
  union select 'sequence ' || sequences.oid::regclass from (${SEQUENCES}) as sequences
  order by 1`

function memberships(parts: boolean): string {
  const named = parts ? `a.attnum = any (r.prattrs::int2[])` : 'false'
  return `${DROPPED}
  select quote_ident(p.pubname) as publication, c.oid::regclass::text as table,
    json_build_object('schema', n.nspname, 'name', c.relname) as relation,
    (select json_build_object('schema', rn.nspname, 'name', rc.relname) from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace
      where rc.oid = coalesce(pg_partition_root(c.oid), c.oid)) as root,
    'alter publication ' || quote_ident(p.pubname) || ' add ' || ${publishedTable(parts)} as sql,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and (${named} or exists (select from pg_depend d
      where d.classid = 'pg_publication_rel'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
        and d.refobjid = c.oid and d.refobjsubid = a.attnum)) order by a.attnum) as columns,
    pg_has_role(p.pubowner, 'usage') as owned
  from dropped
  join pg_publication_rel r on r.prrelid = dropped.oid
  join pg_publication p on p.oid = r.prpubid
  join pg_class c on c.oid = dropped.oid
  join pg_namespace n on n.oid = c.relnamespace
  order by p.pubname collate "C", n.nspname collate "C", c.relname collate "C"`
}

/** `$2`: routines that are dropped, too. */
const BLOCKERS = `${DROPPED},
    needed (catalog, oid) as (select 'pg_class'::regclass, oid from dropped
      union all select 'pg_class'::regclass, oid from (${SEQUENCES}) as sequences
      union all select 'pg_proc'::regclass, p.oid from pg_proc p where p.oid::regprocedure::text = any ($2::text[])
      union all select 'pg_type'::regclass, t.oid from dropped join pg_type t on t.typrelid = dropped.oid
      union all select 'pg_type'::regclass, t.typarray from dropped join pg_type t on t.typrelid = dropped.oid),
    needing as (select d.classid, d.objid, d.objsubid, case d.classid
        when 'pg_rewrite'::regclass then (select r.ev_class from pg_rewrite r where r.oid = d.objid)
        when 'pg_constraint'::regclass then (select k.conrelid from pg_constraint k where k.oid = d.objid)
        when 'pg_attrdef'::regclass then (select a.adrelid from pg_attrdef a where a.oid = d.objid)
        when 'pg_policy'::regclass then (select p.polrelid from pg_policy p where p.oid = d.objid)
        when 'pg_trigger'::regclass then (select t.tgrelid from pg_trigger t where t.oid = d.objid)
        when 'pg_class'::regclass then coalesce((select i.indrelid from pg_index i where i.indexrelid = d.objid), d.objid) end as relation
      from needed join pg_depend d on d.refclassid = needed.catalog and d.refobjid = needed.oid and d.deptype = 'n')
  select distinct case when o.type = 'rule' and v.relkind in ('v', 'm') then case v.relkind when 'm' then 'materialized view' else 'view' end
      else o.type end as kind, case when o.type = 'rule' and v.relkind in ('v', 'm') then v.oid::regclass::text else o.identity end as name
  from needing
  left join pg_class v on v.oid = needing.relation
  cross join lateral pg_identify_object(needing.classid, needing.objid, needing.objsubid) as o
  where not coalesce(needing.relation in (select oid from dropped), false)
    and not exists (select from pg_depend own where own.classid = needing.classid and own.objid = needing.objid
      and own.refclassid = 'pg_class'::regclass and own.refobjid in (select oid from dropped) and own.deptype in ('a', 'i'))
    and not (needing.classid = 'pg_proc'::regclass and needing.objid::regprocedure::text = any ($2::text[]))
  order by 1, 2`

/** Publications say columns and rows from this version on. */
const PARTS_OF_TABLES = 150000

/** `existing`: as a plan has it. Throws what the driver throws. */
export async function readReplaced(
  client: ClientBase,
  version: number,
  existing: readonly string[],
): Promise<Replaced> {
  // Tables and views are quoted as a whole; a routine ends with what it takes.
  const isRoutine = (name: string) => name.endsWith(')')
  const relations = existing.filter((name) => !isRoutine(name))
  const routines = existing.filter(isRoutine)
  const granted = await client.query<{ readonly name: string }>(GRANTED, [relations])
  const published = await client.query<Membership>(memberships(version >= PARTS_OF_TABLES), [relations])
  const blockers = await client.query<Blocker>(BLOCKERS, [relations, routines])
  return {
    there: await reflect(client),
    dropped: [...granted.rows.map(({ name }) => name), ...routines.map((name) => `routine ${name}`)],
    memberships: published.rows,
    blockers: blockers.rows,
  }
}
