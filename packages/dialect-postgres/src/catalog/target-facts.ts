import type { ClientBase } from 'pg'
import { codeOf } from '../server-errors.ts'

/** What a plan must know of the target. */
export interface TargetFacts {
  /** As `server_version_num` has it. */
  readonly version: number
  /** The server is built with libxml. */
  readonly xml: boolean
  /** The server is built with ICU. */
  readonly icu: boolean
  /** Those that a mapping may ask for and that can be had, each with the schema it is installed in, or null. */
  readonly extensions: ReadonlyMap<string, string | null>
  /** Those of the plan that are there. */
  readonly schemas: readonly string[]
  /** Tables, views, indexes, sequences and composite types in the schemas of the plan. */
  readonly relations: readonly Relation[]
  /** Domains and other named types in the schemas of the plan. */
  readonly types: readonly NamedType[]
  /** Of the extensions of a PostgreSQL database: those that can be had, each with the schema it is installed in, or null. */
  readonly offered?: ReadonlyMap<string, string | null>
  /** Of what columns of a PostgreSQL database need (the fact `needs`), what cannot be had. */
  readonly missing?: ReadonlySet<string>
  /** Of the shared objects and roles of a PostgreSQL database, those that are there, as `objectKey` calls them. */
  readonly there?: ReadonlySet<string>
  /** As `regprocedure` writes them: those in the schemas of the plan that no table can be dropped before. */
  readonly rowRoutines?: readonly string[]
}

/**
 * A routine that takes or gives rows of a table, or whose text is kept as what it means, and those that call it in such a text: a table
 * cannot be dropped before them.
 */
const ROUTINES = `
  with recursive needing (oid) as (
  select d.objid
  from pg_depend d
  left join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid
  left join pg_type element on element.oid = t.typelem
  where d.classid = 'pg_proc'::regclass and d.refclassid in ('pg_type'::regclass, 'pg_class'::regclass)
    and exists (select from pg_class c where c.relkind not in ('c', 'S')
      and c.oid = any (case when d.refclassid = 'pg_class'::regclass then array[d.refobjid] else array[t.typrelid, element.typrelid] end))
  union select d.objid from needing join pg_depend d on d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_proc'::regclass
    and d.refobjid = needing.oid)
  select p.oid::regprocedure::text as name
  from needing
  join pg_proc p on p.oid = needing.oid
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = any($1)
  order by 1`

export interface Relation {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'foreign table' | 'view' | 'index' | 'sequence' | 'type'
  /** The table, in the same schema, that an index or a sequence belongs to. */
  readonly owner: string | null
}

export interface NamedType {
  readonly schema: string
  readonly name: string
  /** What a domain is made of, as `format_type` writes it, and its collation where it has one; null when it is no domain. */
  readonly base: string | null
}

const SCHEMAS = `select n.nspname as name from pg_namespace n where n.nspname = any($1) order by n.nspname`

const RELATIONS = `
  select n.nspname as schema, c.relname as name, owner.relname as owner,
    case when c.relkind in ('r', 'p') then 'table' when c.relkind = 'f' then 'foreign table' when c.relkind in ('v', 'm') then 'view'
      when c.relkind in ('i', 'I') then 'index' when c.relkind = 'S' then 'sequence' else 'type' end as kind
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_index i on i.indexrelid = c.oid
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and c.relkind = 'S'
    and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
  left join pg_class owner on owner.oid = coalesce(i.indrelid, d.refobjid)
  where n.nspname = any($1)
  order by n.nspname, c.relname`

const TYPES = `
  select n.nspname as schema, t.typname as name,
    case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) || coalesce(' collate ' || (
      select '"' || replace(cn.nspname, '"', '""') || '"."' || replace(co.collname, '"', '""') || '"'
      from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
      where co.oid = t.typcollation and t.typcollation <> base.typcollation), '') end as base
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_type base on base.oid = t.typbasetype
  where n.nspname = any($1) and t.typrelid = 0 and t.typelem = 0
  order by n.nspname, t.typname`

const ICU = `select exists (select from pg_collation where collprovider = 'i') as icu`

const EXTENSIONS = `
  select a.name, n.nspname as schema
  from pg_available_extensions a
  left join pg_extension e on e.extname = a.name
  left join pg_namespace n on n.oid = e.extnamespace
  where a.name = any($1)`

const EXTENSIONS_ASKED_FOR = ['citext', 'ltree', 'postgis']

/** `schemas`: as they are called in the target; those that do not exist are simply empty. */
export async function readTargetFacts(
  client: ClientBase,
  version: number,
  schemas: readonly string[],
): Promise<TargetFacts> {
  const existing = await client.query<{ readonly name: string }>(SCHEMAS, [schemas])
  const relations = await client.query<Relation>(RELATIONS, [schemas])
  const types = await client.query<NamedType>(TYPES, [schemas])
  const routines = await client.query<{ readonly name: string }>(ROUTINES, [schemas])
  const icu = await client.query<{ readonly icu: boolean }>(ICU)
  return {
    version,
    xml: await hasXml(client),
    icu: icu.rows[0]!.icu,
    extensions: await readExtensions(client, EXTENSIONS_ASKED_FOR),
    schemas: existing.rows.map(({ name }) => name),
    relations: relations.rows,
    types: types.rows,
    rowRoutines: routines.rows.map(({ name }) => name),
  }
}

/** Of `names`, those that can be had, each with the schema it is installed in, or null. */
export async function readExtensions(
  client: ClientBase,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await client.query<{ readonly name: string; readonly schema: string | null }>(EXTENSIONS, [names])
  return new Map(rows.map(({ name, schema }) => [name, schema]))
}

async function hasXml(client: ClientBase): Promise<boolean> {
  try {
    await client.query(`select xmlparse(content '')`)
    return true
  } catch (error) {
    // feature_not_supported: "This functionality requires the server to be built with libxml support."
    if (codeOf(error) === '0A000') return false
    throw error
  }
}
