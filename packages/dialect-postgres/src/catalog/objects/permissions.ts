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

export const DEFAULT_PRIVILEGES = `
  select 'pg_default_acl:' || d.oid as address, 'default permission' as kind,
    quote_ident(o.rolname) || coalesce(' in ' || quote_ident(n.nspname), '') || ' on ' || d.defaclobjtype::text as name, null::json as table,
    (select array_agg('alter default privileges for role ' || quote_ident(o.rolname) || coalesce(' in schema ' || quote_ident(n.nspname), '')
      || ' grant ' || lower(g.privilege_type) || ' on ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
        when 'f' then 'routines' when 'T' then 'types' when 'L' then 'large objects' else 'schemas' end || ' to ' || coalesce(quote_ident(r.rolname), 'public')
      || case when g.is_grantable then ' with grant option' else '' end order by r.rolname, g.privilege_type)
      from aclexplode(d.defaclacl) g left join pg_roles r on r.oid = g.grantee where g.grantee <> d.defaclrole)
    || case when d.defaclnamespace = 0 and d.defaclobjtype in ('f', 'T') and not exists (select from aclexplode(d.defaclacl) g where g.grantee = 0)
      then array['alter default privileges for role ' || quote_ident(o.rolname) || ' revoke all on '
        || case d.defaclobjtype when 'f' then 'routines' else 'types' end || ' from public'] else '{}' end as statements
  from pg_default_acl d
  join pg_roles o on o.oid = d.defaclrole
  left join pg_namespace n on n.oid = d.defaclnamespace
  order by o.rolname collate "C", n.nspname collate "C", d.defaclobjtype`

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
