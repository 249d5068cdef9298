import { columnSettings } from '../column-settings.ts'
import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for data that is elsewhere, each as the rows of read-objects.ts: how it is reached, never its rows. */

/** An option whose value is a secret comes without it. */
const SECRET = `'password|secret|passcode|passphrase|token|credential|apikey|api_key'`

function options(column: string): string {
  return `(select string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ')
    from pg_options_to_table(${column}) where option_name !~* ${SECRET})`
}

function optionWords(column: string): string {
  return `coalesce(' options (' || ${options(column)} || ')', '')`
}

export const FOREIGN_DATA_WRAPPERS = `
  select 'pg_foreign_data_wrapper:' || w.oid as address, 'foreign data wrapper' as kind, quote_ident(w.fdwname) as name, null::json as table,
    array['create foreign data wrapper ' || quote_ident(w.fdwname)
      || case when w.fdwhandler = 0 then '' else ' handler ' || w.fdwhandler::regproc end
      || case when w.fdwvalidator = 0 then '' else ' validator ' || w.fdwvalidator::regproc end || ${optionWords('w.fdwoptions')}] as statements
  from pg_foreign_data_wrapper w
  where ${inNoExtension('pg_foreign_data_wrapper', 'w.oid')}
  order by w.fdwname collate "C"`

export const FOREIGN_SERVERS = `
  select 'pg_foreign_server:' || s.oid as address, 'foreign server' as kind, quote_ident(s.srvname) as name, null::json as table,
    array['create server ' || quote_ident(s.srvname) || coalesce(' type ' || quote_literal(s.srvtype), '')
      || coalesce(' version ' || quote_literal(s.srvversion), '') || ' foreign data wrapper ' || quote_ident(w.fdwname)
      || ${optionWords('s.srvoptions')}] as statements
  from pg_foreign_server s
  join pg_foreign_data_wrapper w on w.oid = s.srvfdw
  where ${inNoExtension('pg_foreign_server', 's.oid')}
  order by s.srvname collate "C"`

/** Of users, and so on request; the server shows their options to nobody but the owner. */
export const USER_MAPPINGS = `
  select 'pg_user_mapping:' || m.umid as address, 'user mapping' as kind,
    coalesce(quote_ident(r.rolname), 'public') || ' at ' || quote_ident(m.srvname) as name, null::json as table,
    array['create user mapping for ' || coalesce(quote_ident(r.rolname), 'public') || ' server ' || quote_ident(m.srvname)
      || ${optionWords('m.umoptions')}] as statements
  from pg_user_mappings m
  left join pg_roles r on r.oid = m.umuser
  order by m.srvname collate "C", m.usename collate "C"`

const COLUMNS = `(select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attcollation <> t.typcollation then (select ' collate ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
        from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) else '' end
      || ${optionWords('a.attfdwoptions')}
      || case when d.oid is null then '' when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')'
        || case a.attgenerated when 's' then ' stored' else ' virtual' end else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
      || case when not a.attnotnull or not k.conislocal or not k.convalidated or k.connoinherit then ''
        else case when k.conname <> c.relname || '_' || a.attname || '_not_null' then ' constraint ' || quote_ident(k.conname) else '' end || ' not null' end,
      ', ' order by a.attnum)
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum]
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attislocal)`

/** Without those that are partitions: they become ordinary ones, since their rows are read with those of their tables. */
export const FOREIGN_TABLES = `
  select 'pg_class:' || c.oid as address, 'foreign table' as kind, c.oid::regclass::text as name,
    null::json as table,
    array['create foreign table ' || c.oid::regclass || ' (' || coalesce(${COLUMNS}, '') || ')'
      || coalesce(' inherits (' || (select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
        from pg_inherits i where i.inhrelid = c.oid) || ')', '')
      || ' server ' || quote_ident(s.srvname) || ${optionWords('f.ftoptions')}]
    || coalesce((select array_agg('alter foreign table ' || c.oid::regclass || ' alter column ' || quote_ident(a.attname) || ' ' || setting)
      from pg_attribute a join pg_type t on t.oid = a.atttypid cross join unnest(array_remove(${columnSettings('a', 't')}, null)) as setting
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '{}')
    || coalesce((select array_agg('alter foreign table ' || c.oid::regclass || ' add constraint ' || quote_ident(k.conname) || ' '
        || pg_get_constraintdef(k.oid) order by k.conname)
      from pg_constraint k where k.conrelid = c.oid and k.conislocal
        and (k.contype = 'c' or k.contype = 'n' and (not k.convalidated or k.connoinherit))), '{}') as statements
  from pg_foreign_table f
  join pg_class c on c.oid = f.ftrelid
  join pg_foreign_server s on s.oid = f.ftserver
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and not c.relispartition and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C"`
