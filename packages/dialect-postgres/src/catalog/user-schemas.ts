/** A condition on pg_namespace n: neither the server's own schemas nor those of an extension. */
export const IN_USER_SCHEMA = `
  n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  and not exists (select from pg_depend e where e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e')`
