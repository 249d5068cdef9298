import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for operator classes and families, each as the rows of read-objects.ts. */

const OPERATOR = `'operator ' || o.amopstrategy || ' ' || o.amopopr::regoperator
      || case when o.amopsortfamily = 0 then '' else (select ' for order by ' || quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname)
        from pg_opfamily sf join pg_namespace sn on sn.oid = sf.opfnamespace where sf.oid = o.amopsortfamily) end`

const FUNCTION = `'function ' || p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', ' || format_type(p.amprocrighttype, null) || ') '
      || p.amproc::regprocedure`

/** What a class has itself depends on the class; what was added to its family later, on the family. */
function members(refclass: string, refobjid: string): string {
  const isOf = (
    catalog: string,
    oid: string,
  ) => `exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid}
        and d.refclassid = '${refclass}'::regclass and d.refobjid = ${refobjid} and d.deptype in ('i', 'a'))`
  return `(select string_agg(member.words, ', ' order by member.words) from (
      select ${OPERATOR} as words from pg_amop o where ${isOf('pg_amop', 'o.oid')}
      union all select ${FUNCTION} from pg_amproc p where ${isOf('pg_amproc', 'p.oid')}) as member)`
}

/** Those that stand for a class alone come with it, unless something else was added to them or speaks of them. */
export const OPERATOR_FAMILIES = `
  select 'pg_opfamily:' || f.oid as address, 'operator family' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname) as name, null::json as table,
    array['create operator family ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname)] as statements
  from pg_opfamily f
  join pg_namespace n on n.oid = f.opfnamespace
  join pg_am am on am.oid = f.opfmethod
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_opfamily', 'f.oid')}
  order by n.nspname collate "C", f.opfname collate "C", am.amname collate "C"`

export const OPERATOR_CLASSES = `
  select 'pg_opclass:' || c.oid as address, 'operator class' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.opcname) || ' using ' || quote_ident(am.amname) as name, null::json as table,
    array['create operator class ' || quote_ident(n.nspname) || '.' || quote_ident(c.opcname)
      || case when c.opcdefault then ' default' else '' end || ' for type ' || format_type(c.opcintype, null) || ' using ' || quote_ident(am.amname)
      || ' family ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) || ' as '
      || coalesce(case when c.opckeytype = 0 then null else 'storage ' || format_type(c.opckeytype, null) end
        || coalesce(', ' || ${members('pg_opclass', 'c.oid')}, ''), ${members('pg_opclass', 'c.oid')},
        'storage ' || format_type(c.opcintype, null))] as statements
  from pg_opclass c
  join pg_namespace n on n.oid = c.opcnamespace
  join pg_opfamily f on f.oid = c.opcfamily
  join pg_namespace fn on fn.oid = f.opfnamespace
  join pg_am am on am.oid = c.opcmethod
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_opclass', 'c.oid')}
  order by n.nspname collate "C", c.opcname collate "C", am.amname collate "C"`

/** When all classes are there: a family may compare the types of two. */
export const FAMILY_MEMBERS = `
  select 'family members:' || f.oid as address, 'operator family members' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname) as name, null::json as table,
    array['alter operator family ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname)
      || ' add ' || ${members('pg_opfamily', 'f.oid')}] as statements
  from pg_opfamily f
  join pg_namespace n on n.oid = f.opfnamespace
  join pg_am am on am.oid = f.opfmethod
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_opfamily', 'f.oid')}
  order by n.nspname collate "C", f.opfname collate "C", am.amname collate "C"`
