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
