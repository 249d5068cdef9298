import { columnSettings } from '../column-settings.ts'
import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for what belongs to views, each as the rows of read-objects.ts. */

export const VIEW_INDEXES = `
  select 'pg_class:' || x.oid as address, 'index' as kind, x.oid::regclass::text as name, null::json as table,
    array[pg_get_indexdef(x.oid)] as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind = 'm'
  order by n.nspname collate "C", x.relname collate "C"`

/** What `cluster` goes by. */
export const VIEW_INDEX_ROLES = `
  select 'pg_class:' || x.oid as address, 'index setting' as kind, x.oid::regclass::text as name, null::json as table,
    array['alter materialized view ' || c.oid::regclass || ' cluster on ' || quote_ident(x.relname)] as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind = 'm' and i.indisclustered
  order by n.nspname collate "C", x.relname collate "C"`

/** Of the columns of materialized views. */
export const VIEW_SETTINGS = `
  select 'pg_class:' || c.oid as address, 'column setting' as kind, c.oid::regclass || '.' || quote_ident(a.attname) as name, null::json as table,
    (select array_agg('alter materialized view ' || c.oid::regclass || ' alter column ' || quote_ident(a.attname) || ' ' || setting)
      from unnest(array_remove(${columnSettings('a', 't')}, null)) as setting) as statements
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where ${IN_USER_SCHEMA} and c.relkind = 'm' and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C", a.attnum`

export const VIEW_DEFAULTS = `
  select 'pg_attrdef:' || d.oid as address, 'default' as kind, c.oid::regclass || '.' || quote_ident(a.attname) as name, null::json as table,
    array['alter view ' || c.oid::regclass || ' alter column ' || quote_ident(a.attname) || ' set default ' || pg_get_expr(d.adbin, d.adrelid)]
      as statements
  from pg_attrdef d
  join pg_class c on c.oid = d.adrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
  where ${IN_USER_SCHEMA} and c.relkind = 'v'
  order by d.oid`
