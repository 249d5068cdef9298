import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'
import { OF_TABLE } from './of-table.ts'

/** Queries for what comes when views and functions are there, each as the rows of read-objects.ts. */

export const RULES = `
  select 'pg_rewrite:' || r.oid as address, 'rule' as kind, quote_ident(r.rulename) || ' on ' || c.oid::regclass as name,
    case when c.relkind in ('r', 'p') then ${OF_TABLE} end as table,
    array[rtrim(pg_get_ruledef(r.oid), ';'), case r.ev_enabled when 'O' then null else 'alter table ' || c.oid::regclass || case r.ev_enabled
      when 'D' then ' disable' when 'A' then ' enable always' else ' enable replica' end || ' rule ' || quote_ident(r.rulename) end] as statements
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and r.rulename <> '_RETURN' and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C", r.rulename collate "C"`

export const POLICIES = `
  select 'pg_policy:' || p.oid as address, 'policy' as kind, quote_ident(p.polname) || ' on ' || c.oid::regclass as name, ${OF_TABLE} as table,
    array['create policy ' || quote_ident(p.polname) || ' on ' || c.oid::regclass || case when p.polpermissive then '' else ' as restrictive' end
      || case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' when 'd' then ' for delete' else '' end
      || case when p.polroles = '{0}' then '' else ' to ' || (select string_agg(quote_ident(o.rolname), ', ' order by o.rolname)
        from pg_roles o where o.oid = any (p.polroles)) end
      || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
      || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')] as statements
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA}
  order by n.nspname collate "C", c.relname collate "C", p.polname collate "C"`

export const ROW_SECURITY = `
  select 'pg_class:' || c.oid as address, 'row security' as kind, c.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when c.relrowsecurity then 'alter table ' || c.oid::regclass || ' enable row level security' end,
      case when c.relforcerowsecurity then 'alter table only ' || c.oid::regclass || ' force row level security' end] as statements
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and (c.relrowsecurity or c.relforcerowsecurity)
  order by n.nspname collate "C", c.relname collate "C"`

/** What a table inherits and its rows all fulfil, where not all rows of the table that it has it from do: tables that came later. */
export const VALIDATIONS = `
  select 'validation:' || k.oid as address, 'validation' as kind, quote_ident(k.conname) || ' on ' || c.oid::regclass as name,
    ${OF_TABLE} as table, array['alter table ' || c.oid::regclass || ' validate constraint ' || quote_ident(k.conname)] as statements
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_class', 'c.oid')} and k.convalidated and not k.conislocal
    and (k.contype = 'c' or k.contype = 'n' and not c.relispartition and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1] and not a.attislocal))
    and exists (select from pg_inherits ih join pg_constraint p on p.conrelid = ih.inhparent and p.contype = k.contype
      and p.conname = k.conname and not p.convalidated where ih.inhrelid = c.oid)
  order by n.nspname collate "C", c.relname collate "C", k.conname collate "C"`

/** What goes when an extension goes, without being a part of it. */
export const EXTENSION_DEPENDENCIES = `
  select 'extension dependency:' || o.type || ' ' || o.identity as address, 'extension dependency' as kind,
    o.type || ' ' || o.identity as name, case when c.oid is not null then ${OF_TABLE} end as table,
    array_agg('alter ' || o.type || ' ' || o.identity || ' depends on extension ' || quote_ident(e.extname) order by e.extname) as statements
  from pg_depend d
  join pg_extension e on e.oid = d.refobjid
  left join pg_index i on d.classid = 'pg_class'::regclass and i.indexrelid = d.objid
  left join pg_trigger t on d.classid = 'pg_trigger'::regclass and t.oid = d.objid
  left join pg_class c on c.oid = coalesce(i.indrelid, t.tgrelid) and c.relkind in ('r', 'p')
  cross join lateral pg_identify_object(d.classid, d.objid, 0) as o
  where d.refclassid = 'pg_extension'::regclass and d.deptype = 'x'
    and o.type in ('function', 'procedure', 'materialized view', 'index', 'trigger')
  group by o.type, o.identity, c.oid
  order by o.type, o.identity collate "C"`

/** How exactly the values of an expression are looked at. */
export const INDEX_STATISTICS = `
  select 'pg_class:' || x.oid as address, 'index statistics' as kind, x.oid::regclass || ' ' || a.attnum as name,
    case when c.relkind = 'm' then null else ${OF_TABLE} end as table,
    array['alter index ' || x.oid::regclass || ' alter column ' || a.attnum || ' set statistics ' || (to_jsonb(a) ->> 'attstattarget')] as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = x.oid and (to_jsonb(a) ->> 'attstattarget')::int >= 0
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_class', 'c.oid')} and i.indexprs is not null
  order by n.nspname collate "C", x.relname collate "C", a.attnum`

/** A trigger's parent, 0 where it has none; one of PostgreSQL 12 cannot have any. */
function parentOf(trigger: string): string {
  return `coalesce((to_jsonb(${trigger}) ->> 'tgparentid')::oid, 0)`
}

/** The state of the trigger that the table itself has, which its copies in partitions are made with. */
const STATE_OF_ROOT = `(with recursive up as (select t.oid, ${parentOf('t')} as parent, t.tgenabled
      union all select p.oid, ${parentOf('p')}, p.tgenabled from pg_trigger p join up on p.oid = up.parent)
    select up.tgenabled from up where up.parent = 0)`

/** A partition's copy of a trigger may be switched by itself. */
export const TRIGGER_STATES = `
  select 'pg_trigger:' || t.oid as address, 'trigger setting' as kind, quote_ident(t.tgname) || ' on ' || c.oid::regclass as name,
    ${OF_TABLE} as table,
    array['alter table only ' || c.oid::regclass || case t.tgenabled when 'D' then ' disable' when 'A' then ' enable always'
      when 'R' then ' enable replica' else ' enable' end || ' trigger ' || quote_ident(t.tgname)] as statements
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and not t.tgisinternal and ${parentOf('t')} <> 0 and t.tgenabled <> ${STATE_OF_ROOT}
  order by (select count(*) from pg_partition_ancestors(c.oid)), n.nspname collate "C", c.relname collate "C", t.tgname collate "C"`
