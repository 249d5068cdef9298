import type { ClientBase } from 'pg'

/**
 * What of the tables `$1` calls one of the routines `$2` or reads one of the views `$3`: one that needs the table for its part can go
 * neither before nor after it. What is inherited goes with what it is inherited from.
 */
const NEEDS = `
  with tables as (select to_regclass(name)::oid as oid from unnest($1::text[]) as given (name)),
    calls as (select d.classid, d.objid from pg_depend d where d.deptype = 'n'
      and (d.refclassid = 'pg_proc'::regclass and d.refobjid in (select p.oid from pg_proc p where p.oid::regprocedure::text = any ($2::text[]))
        or d.refclassid = 'pg_class'::regclass and d.refobjid in (select to_regclass(name)::oid from unnest($3::text[]) as given (name))))
  select 'drop policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass as sql
  from pg_policy p join calls on calls.classid = 'pg_policy'::regclass and calls.objid = p.oid where p.polrelid in (select oid from tables)
  union all select 'drop rule ' || quote_ident(r.rulename) || ' on ' || r.ev_class::regclass
  from pg_rewrite r join calls on calls.classid = 'pg_rewrite'::regclass and calls.objid = r.oid where r.ev_class in (select oid from tables)
  union all select 'drop trigger ' || quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass
  from pg_trigger t join calls on calls.classid = 'pg_trigger'::regclass and calls.objid = t.oid where t.tgrelid in (select oid from tables)
  union all select 'alter table ' || k.conrelid::regclass || ' drop constraint ' || quote_ident(k.conname)
  from pg_constraint k join calls on calls.classid = 'pg_constraint'::regclass and calls.objid = k.oid
  where k.conrelid in (select oid from tables) and k.coninhcount = 0
  union all select 'alter table ' || a.adrelid::regclass || ' alter ' || quote_ident(c.attname) || ' drop '
    || case c.attgenerated when '' then 'default' else 'expression' end
  from pg_attrdef a join calls on calls.classid = 'pg_attrdef'::regclass and calls.objid = a.oid
  join pg_attribute c on c.attrelid = a.adrelid and c.attnum = a.adnum where a.adrelid in (select oid from tables) and c.attinhcount = 0
  union all select 'drop index ' || i.indexrelid::regclass
  from pg_index i join calls on calls.classid = 'pg_class'::regclass and calls.objid = i.indexrelid
  join pg_class c on c.oid = i.indexrelid where i.indrelid in (select oid from tables) and not c.relispartition
  order by 1`

/** Takes from the tables, which are to be dropped in this transaction, what keeps the routines and views from being dropped before. */
export async function loosenTables(
  client: ClientBase,
  tables: readonly string[],
  routines: readonly string[],
  views: readonly string[],
): Promise<void> {
  if (routines.length === 0 && views.length === 0) return
  const { rows } = await client.query<{ readonly sql: string }>(NEEDS, [tables, routines, views])
  for (const { sql } of rows) await client.query(sql)
}
