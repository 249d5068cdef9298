import type { ClientBase } from 'pg'

/** `catalog:oid` of what needs something, and of what it needs. */
export interface Dependency {
  readonly from: string
  readonly to: string
}

/** What an index is called where it needs something. */
const INDEX = 'index:'

/** The indexes that need something. */
export function indexesOf(dependencies: readonly Dependency[]): readonly string[] {
  return [...new Set(dependencies.map(({ from }) => from).filter((from) => from.startsWith(INDEX)))]
}

/** Of a member of an operator family: the class that it is a part of, or null. */
function classOf(catalog: string, oid: string): string {
  return `(select 'pg_opclass:' || m.refobjid from pg_depend m where m.classid = ${catalog} and m.objid = ${oid}
      and m.refclassid = 'pg_opclass'::regclass limit 1)`
}

/**
 * The address of an object as others name it: the rule that is a view's query is the view, a constraint is its domain, what a column is generated
 * from is its table, the row type of a table is the table, an array is its element, a multirange is its range. Defaults and constraints
 * of tables are made by themselves, when all tables are there, and so are indexes, which are their tables (`index`) to others only.
 */
function owner(catalog: string, oid: string, index: string): string {
  return `case ${catalog}
    when 'pg_rewrite'::regclass then (select case r.rulename when '_RETURN' then 'pg_class:' || r.ev_class else 'pg_rewrite:' || r.oid end
      from pg_rewrite r where r.oid = ${oid})
    when 'pg_constraint'::regclass then (select case when k.contypid <> 0 then 'pg_type:' || k.contypid else 'pg_constraint:' || k.oid end
      from pg_constraint k where k.oid = ${oid})
    when 'pg_attrdef'::regclass then (select case when a.attgenerated <> '' then 'pg_class:' || d.adrelid else 'pg_attrdef:' || d.oid end
      from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.oid = ${oid})
    when 'pg_type'::regclass then (select case when t.typrelid <> 0 then 'pg_class:' || t.typrelid
        when e.typrelid <> 0 then 'pg_class:' || e.typrelid when e.oid is not null then 'pg_type:' || e.oid
        else 'pg_type:' || coalesce((select g.rngtypid from pg_range g where (to_jsonb(g) ->> 'rngmultitypid')::oid = t.oid), t.oid) end
      from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A' where t.oid = ${oid})
    when 'pg_amop'::regclass then coalesce(${classOf(catalog, oid)}, (select 'family members:' || o.amopfamily from pg_amop o where o.oid = ${oid}))
    when 'pg_amproc'::regclass then coalesce(${classOf(catalog, oid)}, (select 'family members:' || p.amprocfamily from pg_amproc p where p.oid = ${oid}))
    when 'pg_class'::regclass then (select case when c.relkind in ('i', 'I') then ${index} else 'pg_class:' || c.oid end
      from pg_class c left join pg_index i on i.indexrelid = c.oid where c.oid = ${oid})
    else ${catalog}::regclass || ':' || ${oid} end`
}

const DEPENDENCIES = `
  select distinct found."from", found."to"
  from (select ${owner('dep.classid', 'dep.objid', `'${INDEX}' || c.oid`)} as "from",
      ${owner('dep.refclassid', 'dep.refobjid', `'pg_class:' || i.indrelid`)} as "to"
    from pg_depend dep where dep.objid >= 16384 and dep.refobjid >= 16384 and dep.deptype in ('n', 'a', 'i', 'e')) as found
  where found."from" <> found."to"`

/** The functions that a type is made of, which for their part need no more of it than its name. */
const TYPE_FUNCTIONS = `
  select distinct 'pg_proc:' || f.oid as "from", 'pg_type:' || t.oid as "to"
  from pg_type t
  left join pg_range r on r.rngtypid = t.oid
  cross join lateral unnest(array[t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze,
    to_regproc(to_jsonb(t) ->> 'typsubscript'), r.rngcanonical]::oid[]) as f (oid)
  where t.oid >= 16384 and t.typtype in ('b', 'r') and f.oid >= 16384`

/** What needs what, among the objects that are not the server's own. */
export async function readDependencies(client: ClientBase): Promise<readonly Dependency[]> {
  const { rows } = await client.query<Dependency>(DEPENDENCIES)
  const ofTypes = (await client.query<Dependency>(TYPE_FUNCTIONS)).rows
  const circular = new Set(ofTypes.map(({ from, to }) => `${from} ${to}`))
  const shellOf = (type: string) => type.replace(/^pg_type:/, 'shell:')
  return [
    ...rows.map(({ from, to }) => ({ from, to: circular.has(`${from} ${to}`) ? shellOf(to) : to })),
    ...ofTypes.map(({ to }) => ({ from: to, to: shellOf(to) })),
  ]
}

/**
 * The addresses in an order in which each comes after all it needs, as far as there is one; else as they stand. What is not among
 * them is looked through: it may need something that is.
 */
export function dependencyOrder(addresses: readonly string[], dependencies: readonly Dependency[]): readonly string[] {
  const needs = needsOf(dependencies)
  const places = new Map(addresses.map((address, i) => [address, i]))
  const place = (address: string) => places.get(address) ?? addresses.length
  const visited = new Set<string>()
  const ordered: string[] = []
  const visit = (address: string): void => {
    if (visited.has(address)) return
    visited.add(address)
    const needed = needs.get(address) ?? []
    for (const one of [...needed].sort((a, b) => place(a) - place(b))) visit(one)
    if (places.has(address)) ordered.push(address)
  }
  for (const address of addresses) visit(address)
  return ordered
}

/** The addresses that need one of `some`, directly or through others. */
export function dependents(some: ReadonlySet<string>, dependencies: readonly Dependency[]): ReadonlySet<string> {
  const found = new Set(some)
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { from, to } of dependencies) if (found.has(to)) found.add(from)
  }
  return found
}

/** The addresses that one of `some` needs, directly or through others. */
export function needsOfAll(some: Iterable<string>, dependencies: readonly Dependency[]): ReadonlySet<string> {
  const needs = needsOf(dependencies)
  const found = new Set<string>()
  const visit = (address: string): void => {
    for (const one of needs.get(address) ?? []) {
      if (found.has(one)) continue
      found.add(one)
      visit(one)
    }
  }
  for (const address of some) visit(address)
  return found
}

function needsOf(dependencies: readonly Dependency[]): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>()
  for (const { from, to } of dependencies) {
    const list = needs.get(from)
    if (list === undefined) needs.set(from, [to])
    else list.push(to)
  }
  return needs
}
