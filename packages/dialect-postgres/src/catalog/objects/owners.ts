import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'
import { OF_TABLE } from './of-table.ts'

/** Catalogs whose objects have an owner, and no more to be said of them here. */
const OTHER_OWNED = [
  ['pg_collation', 'collowner'],
  ['pg_conversion', 'conowner'],
  ['pg_operator', 'oprowner'],
  ['pg_opfamily', 'opfowner'],
  ['pg_opclass', 'opcowner'],
  ['pg_statistic_ext', 'stxowner'],
  ['pg_ts_dict', 'dictowner'],
  ['pg_ts_config', 'cfgowner'],
  ['pg_foreign_data_wrapper', 'fdwowner'],
  ['pg_foreign_server', 'srvowner'],
  ['pg_language', 'lanowner'],
  ['pg_publication', 'pubowner'],
  ['pg_event_trigger', 'evtowner'],
] as const

const OWNED = `
    select 'table ' || c.oid::regclass as object, c.relowner as owner, case when c.relkind in ('r', 'p') then ${OF_TABLE} end as of_table,
      case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end
        || ' ' || c.oid::regclass as words
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${inNoExtension('pg_class', 'c.oid')}
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
        and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and c.relkind = 'S')
    union all
    select 'schema ' || quote_ident(n.nspname), n.nspowner, null, 'schema ' || quote_ident(n.nspname) from pg_namespace n where ${IN_USER_SCHEMA}
    union all
    select 'routine ' || p.oid::regprocedure, p.proowner, null, 'routine ' || p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${IN_USER_SCHEMA} and ${inNoExtension('pg_proc', 'p.oid')}
    union all
    select 'type ' || t.oid::regtype, t.typowner, null, case t.typtype when 'd' then 'domain ' else 'type ' end || t.oid::regtype
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
    where ${IN_USER_SCHEMA} and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and ${inNoExtension('pg_type', 't.oid')}
    union all
    select i.type || ' ' || i.identity, other.owner, null,
      case i.type when 'statistics object' then 'statistics' when 'foreign-data wrapper' then 'foreign data wrapper' else i.type end || ' ' || i.identity
    from (${OTHER_OWNED.map(([catalog, owner]) => `select '${catalog}'::regclass as catalog, oid, ${owner} as owner from ${catalog}`).join(' union all ')})
      as other
    cross join lateral pg_identify_object(other.catalog, other.oid, 0) as i
    where other.oid >= 16384 and not exists (select from pg_depend member where member.classid = other.catalog and member.objid = other.oid
      and member.deptype = 'e')`

/** Superusers are of the server, and so is what they own. */
export const OWNERS = `
  select 'owner:' || o.object as address, 'owner' as kind, o.object as name, o.of_table as table,
    array['alter ' || o.words || ' owner to ' || quote_ident(r.rolname)] as statements
  from (${OWNED}) as o
  join pg_roles r on r.oid = o.owner
  where r.oid >= 16384 and not r.rolsuper
  order by o.object collate "C"`
