import { IN_USER_SCHEMA } from '../user-schemas.ts'
import { OF_TABLE } from './of-table.ts'

/** Queries for what belongs to the database as a whole, each as the rows of read-objects.ts. */

/** The words behind `add`. */
const PUBLISHED_TABLE = `'table only ' || r.prrelid::regclass`

/** What is said of a table's columns and rows, from PostgreSQL 15 on. */
const PUBLISHED_PART = `coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = r.prrelid and a.attnum = any (r.prattrs::int2[])) || ')', '')
    || coalesce(' where (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')`

/** `parts`: as for `publications`. Of a row of pg_publication_rel r. */
export function publishedTable(parts: boolean): string {
  return parts ? `${PUBLISHED_TABLE} || ${PUBLISHED_PART}` : PUBLISHED_TABLE
}

const OPERATIONS = `array_to_string(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
      case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end], ', ')`

/** `parts`: schemas as a whole, and some columns or rows of a table, can be published, from PostgreSQL 15 on. */
export function publications(parts: boolean): string {
  const ofSchemas = parts
    ? `|| coalesce((select array_agg('alter publication ' || quote_ident(p.pubname) || ' add tables in schema ' || quote_ident(sn.nspname)
        order by sn.nspname) from pg_publication_namespace s join pg_namespace sn on sn.oid = s.pnnspid where s.pnpubid = p.oid), '{}')`
    : ''
  return `
  select 'pg_publication:' || p.oid as address, 'publication' as kind, quote_ident(p.pubname) as name, null::json as table,
    array['create publication ' || quote_ident(p.pubname) || case when p.puballtables then ' for all tables' else '' end
      || ' with (publish = ' || quote_literal(${OPERATIONS}) || case when p.pubviaroot then ', publish_via_partition_root = true' else '' end
      || case to_jsonb(p) ->> 'pubgencols' when 's' then ', publish_generated_columns = stored' else '' end || ')']
    || coalesce((select array_agg('alter publication ' || quote_ident(p.pubname) || ' add ' || ${publishedTable(parts)} order by r.prrelid::regclass::text)
      from pg_publication_rel r where r.prpubid = p.oid), '{}') ${ofSchemas} as statements
  from pg_publication p
  order by p.pubname collate "C"`
}

/** Of labels on what is not the server's own; the module that gave them has to be loaded. */
export const SECURITY_LABELS = `
  select 'pg_seclabel:' || l.objoid as address, 'security label' as kind, l.provider || ' on ' || l.objtype || ' ' || l.objname as name,
    (select ${OF_TABLE} from pg_class c where c.oid = l.objoid and l.classoid = 'pg_class'::regclass and c.relkind in ('r', 'p')) as table,
    array['security label for ' || quote_ident(l.provider) || ' on ' || l.objtype || ' ' || l.objname || ' is '
      || quote_literal(l.label)] as statements
  from pg_seclabels l
  left join pg_namespace n on n.oid = l.objnamespace
  where l.objoid >= 16384 and (l.objnamespace is null and l.objtype not in ('database', 'role', 'tablespace') or ${IN_USER_SCHEMA})
  order by l.provider, l.objtype, l.objname collate "C"`

/**
 * What `alter database … set` and `alter role … in database … set` say, for the database under whatever name. A list of names is
 * stored with what quotes they need. That a database takes no changes is set for the time of a migration, and would be the end of the restore.
 */
export const DATABASE_SETTINGS = `
  select 'pg_db_role_setting:' || s.setrole as address, 'database setting' as kind,
    coalesce(quote_ident(r.rolname) || ': ', '') || split_part(setting, '=', 1) as name, null::json as table,
    array['do $set$ begin execute format(' || quote_literal('alter ' || coalesce('role ' || replace(quote_ident(r.rolname), '%', '%%') || ' in ', '')
      || 'database %I set ' || replace(quote_ident(split_part(setting, '=', 1)), '%', '%%') || ' to ' || replace(case
        when lower(split_part(setting, '=', 1)) in ('search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries')
          and setting !~ '=$'
        then regexp_replace(substr(setting, strpos(setting, '=') + 1), '(^|, )""(?=,|$)', '\\1''''', 'g') else quote_literal(substr(setting, strpos(setting, '=') + 1)) end, '%', '%%'))
      || ', current_database()); end $set$'] as statements
  from pg_db_role_setting s
  left join pg_roles r on r.oid = s.setrole
  cross join unnest(s.setconfig) as setting
  where s.setdatabase = (select d.oid from pg_database d where d.datname = current_database()) and (s.setrole = 0 or r.oid is not null)
    and setting not like 'default\\_transaction\\_read\\_only=%'
  order by r.rolname collate "C" nulls first, setting collate "C"`
