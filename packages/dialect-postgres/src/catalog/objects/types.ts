import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for the types and collations of users, each as the rows of read-objects.ts. */

export const COLLATIONS = `
  select 'pg_collation:' || c.oid as address, 'collation' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.collname) as name, null::json as table,
    array['create collation ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' (provider = '
      || case c.collprovider when 'i' then 'icu' when 'c' then 'libc' else 'builtin' end
      || case when coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') is null
        then ', lc_collate = ' || quote_literal(to_jsonb(c) ->> 'collcollate') || ', lc_ctype = ' || quote_literal(to_jsonb(c) ->> 'collctype')
        else ', locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')) end
      || case when to_jsonb(c) ->> 'collicurules' is null then '' else ', rules = ' || quote_literal(to_jsonb(c) ->> 'collicurules') end
      || case when c.collisdeterministic then '' else ', deterministic = false' end || ')'] as statements
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_collation', 'c.oid')}
  order by n.nspname collate "C", c.collname collate "C"`

export const ENUMS = `
  select 'pg_type:' || t.oid as address, 'type' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype || ' as enum (' || coalesce((select string_agg(quote_literal(e.enumlabel), ', '
      order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '') || ')'] as statements
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  where ${IN_USER_SCHEMA} and t.typtype = 'e' and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`

export const COMPOSITES = `
  select 'pg_class:' || c.oid as address, 'type' as kind, c.reltype::regtype::text as name, null::json as table,
    array['create type ' || c.reltype::regtype || ' as (' || coalesce((select string_agg(quote_ident(a.attname) || ' '
        || format_type(a.atttypid, a.atttypmod) || case when a.attcollation <> at.typcollation
          then ' collate ' || (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
            join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) else '' end,
        ', ' order by a.attnum)
      from pg_attribute a join pg_type at on at.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') || ')'] as statements
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind = 'c' and ${inNoExtension('pg_class', 'c.oid')}
    and ${inNoExtension('pg_type', 'c.reltype')}
  order by n.nspname collate "C", c.relname collate "C"`

export const RANGES = `
  select 'pg_type:' || t.oid as address, 'type' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype || ' as range (subtype = ' || format_type(r.rngsubtype, null)
      || case when oc.opcdefault then '' else ', subtype_opclass = ' || quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) end
      || case when r.rngcollation = 0 then '' else (select ', collation = ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
        from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = r.rngcollation) end
      || case when r.rngcanonical::oid = 0 then '' else ', canonical = ' || r.rngcanonical end
      || case when r.rngsubdiff = 0 then '' else ', subtype_diff = ' || r.rngsubdiff::regproc end
      || coalesce(', multirange_type_name = ' || nullif(to_jsonb(r) ->> 'rngmultitypid', '0')::oid::regtype, '') || ')'] as statements
  from pg_range r
  join pg_type t on t.oid = r.rngtypid
  join pg_namespace n on n.oid = t.typnamespace
  join pg_opclass oc on oc.oid = r.rngsubopc
  join pg_namespace ocn on ocn.oid = oc.opcnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`
