/** A condition on pg_namespace n: neither the server's own schemas nor those of an extension. */
export const IN_USER_SCHEMA = `
  n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  and not exists (select from pg_depend member where member.classid = 'pg_namespace'::regclass and member.objid = n.oid and member.deptype = 'e')`

/** A condition: the object with that oid in that catalog came with no extension, which makes its objects by itself. */
export function inNoExtension(catalog: string, oid: string): string {
  return `not exists (select from pg_depend member where member.classid = '${catalog}'::regclass and member.objid = ${oid} and member.deptype = 'e')`
}
