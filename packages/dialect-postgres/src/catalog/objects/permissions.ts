import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'
import { OF_TABLE } from './of-table.ts'

/** Queries for what is restored on request only, each as the rows of read-objects.ts. */

/** Each object with its privileges; what stands behind GRANT … ON. Those on large objects and databases are of the server. */
const PRIVILEGES = `
    select 'pg_class:' || c.oid as address, case c.relkind when 'S' then 'sequence ' else 'table ' end || c.oid::regclass as object,
      c.relowner as owner, c.relacl as acl, null as columns, case when c.relkind in ('r', 'p') then ${OF_TABLE} end as of_table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${inNoExtension('pg_class', 'c.oid')}
    union all
    select 'pg_class:' || c.oid, 'table ' || c.oid::regclass, c.relowner, a.attacl, quote_ident(a.attname),
      case when c.relkind in ('r', 'p') then ${OF_TABLE} end
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where ${IN_USER_SCHEMA} and a.attnum > 0 and not a.attisdropped and ${inNoExtension('pg_class', 'c.oid')}
    union all
    select 'pg_namespace:' || n.oid, 'schema ' || quote_ident(n.nspname), n.nspowner, n.nspacl, null, null
    from pg_namespace n where ${IN_USER_SCHEMA} and n.nspacl::text is distinct from (select i.initprivs::text from pg_init_privs i
      where i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid)
    union all
    select 'pg_proc:' || p.oid, 'routine ' || p.oid::regprocedure, p.proowner, p.proacl, null, null
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${IN_USER_SCHEMA} and ${inNoExtension('pg_proc', 'p.oid')}
    union all
    select 'pg_type:' || t.oid, 'type ' || t.oid::regtype, t.typowner, t.typacl, null, null
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${IN_USER_SCHEMA} and t.typrelid = 0 and t.typelem = 0 and ${inNoExtension('pg_type', 't.oid')}
    union all
    select 'pg_foreign_data_wrapper:' || f.oid, 'foreign data wrapper ' || quote_ident(f.fdwname), f.fdwowner, f.fdwacl, null, null
    from pg_foreign_data_wrapper f where ${inNoExtension('pg_foreign_data_wrapper', 'f.oid')}
    union all
    select 'pg_foreign_server:' || s.oid, 'foreign server ' || quote_ident(s.srvname), s.srvowner, s.srvacl, null, null
    from pg_foreign_server s where ${inNoExtension('pg_foreign_server', 's.oid')}
    union all
    select 'pg_language:' || l.oid, 'language ' || quote_ident(l.lanname), l.lanowner, l.lanacl, null, null from pg_language l where l.lanpltrusted`

/** Everybody may run a routine, use a type, a language, and the schema that each database is made with, unless that was taken back. */
export const PERMISSIONS = `
  select min(held.address) as address, 'permission' as kind, held.object as name, min(held.of_table)::json as table,
    array[case when held.object = 'schema public' or held.object ~ '^(routine|type|language) ' and not bool_or(held.is_public)
      then 'revoke all on ' || held.object || ' from public' end]
    || array_agg(held.statement order by held.statement) as statements
  from (
    select o.address, o.object, o.of_table::text as of_table, g.grantee = 0 as is_public,
      case when g.grantee <> o.owner and (g.grantee = 0 or r.oid is not null)
        then 'grant ' || string_agg(lower(g.privilege_type) || coalesce(' (' || o.columns || ')', ''), ', ' order by g.privilege_type)
          || ' on ' || o.object || ' to ' || coalesce(quote_ident(r.rolname), 'public')
          || case when g.is_grantable then ' with grant option' else '' end end as statement
    from (${PRIVILEGES}) as o
    cross join lateral aclexplode(o.acl) as g
    left join pg_roles r on r.oid = g.grantee
    group by o.address, o.object, o.of_table::text, o.owner, o.columns, g.grantee, r.oid, r.rolname, g.is_grantable
  ) as held
  group by held.object
  order by held.object collate "C"`

/** Of `m`, a membership of the role `r`, what is not usual; whether it inherits and may become the other is said from PostgreSQL 16 on. */
const MEMBERSHIP_OPTIONS = `case when m.admin_option then 'admin option' end,
          case when (to_jsonb(m) ->> 'inherit_option')::boolean <> r.rolinherit then 'inherit ' || (to_jsonb(m) ->> 'inherit_option') end,
          case when not (to_jsonb(m) ->> 'set_option')::boolean then 'set false' end`

/** Without their passwords, which nobody may read; each after those that it is a member of. */
export const ROLES = `
  select 'pg_authid:' || r.oid as address, 'role' as kind, quote_ident(r.rolname) as name, null::json as table,
    array['do $role$ begin if to_regrole(' || quote_literal(quote_ident(r.rolname)) || ') is null then create role ' || quote_ident(r.rolname)
      || case when r.rolcanlogin then ' login' else '' end || case when r.rolinherit then '' else ' noinherit' end
      || case when r.rolcreatedb then ' createdb' else '' end || case when r.rolcreaterole then ' createrole' else '' end
      || case when r.rolbypassrls then ' bypassrls' else '' end
      || case when r.rolconnlimit < 0 then '' else ' connection limit ' || r.rolconnlimit end
      || coalesce(' valid until ' || quote_literal(r.rolvaliduntil), '') || '; end if; end $role$']
    || coalesce((select array_agg('grant ' || quote_ident(g.rolname) || ' to ' || quote_ident(r.rolname)
        || coalesce(' with ' || nullif(concat_ws(', ', ${MEMBERSHIP_OPTIONS}), ''), '') order by g.rolname)
      from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid), '{}') as statements
  from pg_roles r
  where r.oid >= 16384 and not r.rolsuper
  order by (with recursive above as (select m.roleid, 1 as depth from pg_auth_members m where m.member = r.oid
      union all select m.roleid, above.depth + 1 from pg_auth_members m join above on m.member = above.roleid)
    select coalesce(max(depth), 0) from above), r.rolname collate "C"`

export const DEFAULT_PRIVILEGES = `
  select 'pg_default_acl:' || d.oid as address, 'default permission' as kind,
    quote_ident(o.rolname) || coalesce(' in ' || quote_ident(n.nspname), '') || ' on ' || d.defaclobjtype::text as name, null::json as table,
    (select array_agg('alter default privileges for role ' || quote_ident(o.rolname) || coalesce(' in schema ' || quote_ident(n.nspname), '')
      || ' grant ' || lower(g.privilege_type) || ' on ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
        when 'f' then 'routines' when 'T' then 'types' else 'schemas' end || ' to ' || coalesce(quote_ident(r.rolname), 'public')
      || case when g.is_grantable then ' with grant option' else '' end order by r.rolname, g.privilege_type)
      from aclexplode(d.defaclacl) g left join pg_roles r on r.oid = g.grantee where g.grantee <> d.defaclrole)
    || case when d.defaclnamespace = 0 and d.defaclobjtype in ('f', 'T') and not exists (select from aclexplode(d.defaclacl) g where g.grantee = 0)
      then array['alter default privileges for role ' || quote_ident(o.rolname) || ' revoke all on '
        || case d.defaclobjtype when 'f' then 'routines' else 'types' end || ' from public'] else '{}' end as statements
  from pg_default_acl d
  join pg_roles o on o.oid = d.defaclrole
  left join pg_namespace n on n.oid = d.defaclnamespace
  order by o.rolname collate "C", n.nspname collate "C", d.defaclobjtype`

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

/** What an owner has taken from itself, which it has as the owner again. */
export const OWNERS_OWN = `
  select 'owner permission:' || o.object as address, 'owner permission' as kind, o.object as name, o.of_table as table,
    array['revoke ' || (select string_agg(lower(own.privilege_type), ', ' order by own.privilege_type)
        from aclexplode(acldefault(case when o.object ~ '^sequence ' then 's' when o.object ~ '^schema ' then 'n' when o.object ~ '^routine ' then 'f'
          when o.object ~ '^type ' then 'T' else 'r' end::"char", o.owner)) as own
        where own.grantee = o.owner and not exists (select from aclexplode(o.acl) as held
          where held.grantee = o.owner and held.privilege_type = own.privilege_type))
      || ' on ' || o.object || ' from ' || quote_ident(r.rolname)] as statements
  from (${PRIVILEGES}) as o
  join pg_roles r on r.oid = o.owner
  where o.acl is not null and o.columns is null and o.object ~ '^(table|sequence|schema|routine|type) ' and r.oid >= 16384 and not r.rolsuper
  order by o.object collate "C"`
