import type { NativeObject, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

/** An object with its address in pg_depend. */
export interface FoundObject {
  /** `catalog:oid`. */
  readonly address: string
  readonly object: NativeObject
}

interface Row {
  readonly address: string
  readonly kind: string
  readonly name: string
  readonly statements: readonly (string | null)[]
  readonly table: QualifiedName | null
}

interface Query {
  readonly stage: NativeObject['stage']
  readonly sql: string
}

/** Extensions of the server itself (below the first normal oid, access/transam.h) are in every database. */
const EXTENSIONS = `
  select 'pg_extension:' || e.oid as address, 'extension' as kind, quote_ident(e.extname) as name, null::json as table,
    array['create extension if not exists ' || quote_ident(e.extname) || ' with schema ' || quote_ident(n.nspname)] as statements
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  where e.oid >= 16384
  order by e.extname collate "C"`

const COLLATIONS = `
  select 'pg_collation:' || c.oid as address, 'collation' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.collname) as name, null::json as table,
    array['create collation ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' (provider = '
      || case c.collprovider when 'i' then 'icu' when 'c' then 'libc' else 'builtin' end
      || case when coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') is null
        then ', lc_collate = ' || quote_literal(to_jsonb(c) ->> 'collcollate') || ', lc_ctype = ' || quote_literal(to_jsonb(c) ->> 'collctype')
        else ', locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')) end
      || case when to_jsonb(c) ->> 'collicurules' is null then '' else ', rules = ' || quote_literal(to_jsonb(c) ->> 'collicurules') end
      || case when c.collisdeterministic then '' else ', deterministic = false' end || ')'] as statements
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_collation', 'c.oid')}
  order by n.nspname collate "C", c.collname collate "C"`

const ENUMS = `
  select 'pg_type:' || t.oid as address, 'type' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype || ' as enum (' || coalesce((select string_agg(quote_literal(e.enumlabel), ', '
      order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '') || ')'] as statements
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  where ${IN_USER_SCHEMA} and t.typtype = 'e' and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`

const COMPOSITES = `
  select 'pg_class:' || c.oid as address, 'type' as kind, c.reltype::regtype::text as name, null::json as table,
    array['create type ' || c.reltype::regtype || ' as (' || coalesce((select string_agg(quote_ident(a.attname) || ' '
        || format_type(a.atttypid, a.atttypmod) || case when a.attcollation <> at.typcollation
          then ' collate ' || (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
            join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) else '' end,
        ', ' order by a.attnum)
      from pg_attribute a join pg_type at on at.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') || ')'] as statements
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind = 'c' and ${inNoExtension('pg_class', 'c.oid')}
    and ${inNoExtension('pg_type', 'c.reltype')}
  order by n.nspname collate "C", c.relname collate "C"`

/** Without a canonical function, which needs the type before it is there. */
const RANGES = `
  select 'pg_type:' || t.oid as address, 'type' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype || ' as range (subtype = ' || format_type(r.rngsubtype, null)
      || case when oc.opcdefault then '' else ', subtype_opclass = ' || quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) end
      || case when r.rngcollation = 0 then '' else (select ', collation = ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
        from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = r.rngcollation) end
      || case when r.rngsubdiff = 0 then '' else ', subtype_diff = ' || r.rngsubdiff::regproc end
      || coalesce(', multirange_type_name = ' || nullif(to_jsonb(r) ->> 'rngmultitypid', '0')::oid::regtype, '') || ')'] as statements
  from pg_range r
  join pg_type t on t.oid = r.rngtypid
  join pg_namespace n on n.oid = t.typnamespace
  join pg_opclass oc on oc.oid = r.rngsubopc
  join pg_namespace ocn on ocn.oid = oc.opcnamespace
  where ${IN_USER_SCHEMA} and r.rngcanonical = 0 and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`

const OPERATORS = `
  select 'pg_operator:' || o.oid as address, 'operator' as kind, o.oid::regoperator::text as name, null::json as table,
    array['create operator ' || quote_ident(n.nspname) || '.' || o.oprname || ' (function = ' || o.oprcode::regproc
      || case when o.oprleft = 0 then '' else ', leftarg = ' || format_type(o.oprleft, null) end
      || case when o.oprright = 0 then '' else ', rightarg = ' || format_type(o.oprright, null) end
      || case when o.oprrest = 0 then '' else ', restrict = ' || o.oprrest::regproc end
      || case when o.oprjoin = 0 then '' else ', join = ' || o.oprjoin::regproc end
      || case when o.oprcanmerge then ', merges' else '' end || case when o.oprcanhash then ', hashes' else '' end
      || coalesce((select ', commutator = operator(' || quote_ident(m.nspname) || '.' || k.oprname || ')' from pg_operator k
        join pg_namespace m on m.oid = k.oprnamespace where k.oid = o.oprcom), '')
      || coalesce((select ', negator = operator(' || quote_ident(m.nspname) || '.' || k.oprname || ')' from pg_operator k
        join pg_namespace m on m.oid = k.oprnamespace where k.oid = o.oprnegate), '') || ')'] as statements
  from pg_operator o
  join pg_namespace n on n.oid = o.oprnamespace
  where ${IN_USER_SCHEMA} and o.oprcode <> 0 and ${inNoExtension('pg_operator', 'o.oid')}
  order by o.oid`

const CASTS = `
  select 'pg_cast:' || k.oid as address, 'cast' as kind,
    format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null) as name, null::json as table,
    array['create cast (' || format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null) || ') '
      || case k.castmethod when 'f' then 'with function ' || k.castfunc::regprocedure when 'i' then 'with inout' else 'without function' end
      || case k.castcontext when 'a' then ' as assignment' when 'i' then ' as implicit' else '' end] as statements
  from pg_cast k
  where k.oid >= 16384 and ${inNoExtension('pg_cast', 'k.oid')}
    and not exists (select from pg_depend i where i.classid = 'pg_cast'::regclass and i.objid = k.oid and i.deptype = 'i')
  order by k.oid`

/** The words between the brackets of `create aggregate`, in the order of the manual. */
const AGGREGATES = `
  select 'pg_proc:' || p.oid as address, 'aggregate' as kind, p.oid::regprocedure::text as name, null::json as table,
    array['create aggregate ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
      || '(' || case when p.pronargs = 0 then '*' else pg_get_function_arguments(p.oid) end || ') (sfunc = '
      || a.aggtransfn::regproc || ', stype = ' || format_type(a.aggtranstype, null)
      || case when a.aggtransspace = 0 then '' else ', sspace = ' || a.aggtransspace end
      || case when a.aggfinalfn = 0 then '' else ', finalfunc = ' || a.aggfinalfn::regproc end
      || case when a.aggfinalextra then ', finalfunc_extra' else '' end
      || case a.aggfinalmodify when 's' then ', finalfunc_modify = shareable' when 'w' then ', finalfunc_modify = read_write' else '' end
      || case when a.aggcombinefn = 0 then '' else ', combinefunc = ' || a.aggcombinefn::regproc end
      || case when a.aggserialfn = 0 then '' else ', serialfunc = ' || a.aggserialfn::regproc || ', deserialfunc = ' || a.aggdeserialfn::regproc end
      || coalesce(', initcond = ' || quote_literal(a.agginitval), '')
      || case when a.aggmtransfn = 0 then '' else ', msfunc = ' || a.aggmtransfn::regproc || ', minvfunc = ' || a.aggminvtransfn::regproc
        || ', mstype = ' || format_type(a.aggmtranstype, null) || coalesce(', minitcond = ' || quote_literal(a.aggminitval), '')
        || case when a.aggmfinalfn = 0 then '' else ', mfinalfunc = ' || a.aggmfinalfn::regproc end end
      || case when a.aggsortop = 0 then '' else (select ', sortop = operator(' || quote_ident(m.nspname) || '.' || o.oprname || ')'
        from pg_operator o join pg_namespace m on m.oid = o.oprnamespace where o.oid = a.aggsortop) end
      || case when a.aggkind = 'h' then ', hypothetical' else '' end
      || case p.proparallel when 's' then ', parallel = safe' when 'r' then ', parallel = restricted' else '' end || ')'] as statements
  from pg_aggregate a
  join pg_proc p on p.oid = a.aggfnoid
  join pg_namespace n on n.oid = p.pronamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_proc', 'p.oid')}
  order by n.nspname collate "C", p.proname collate "C", p.oid`

/** An object that belongs to a partition belongs to the table that the partition is a part of. */
const OF_TABLE = `(select json_build_object('schema', rn.nspname, 'name', r.relname) from pg_class r
    join pg_namespace rn on rn.oid = r.relnamespace where r.oid = coalesce(pg_partition_root(c.oid), c.oid))`

/** Indexes of expressions, and those of partitions: each is attached to the index that it is a part of. */
const INDEXES = `
  select 'pg_class:' || x.oid as address, 'index' as kind, x.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when k.oid is null then pg_get_indexdef(x.oid)
      else 'alter table only ' || c.oid::regclass || ' add constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) end,
      'alter index ' || (select h.inhparent from pg_inherits h where h.inhrelid = x.oid)::regclass || ' attach partition ' || x.oid::regclass]
      as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_constraint k on k.conindid = x.oid and k.contype in ('p', 'u', 'x') and k.conrelid = c.oid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and ${inNoExtension('pg_class', 'c.oid')}
    and (c.relispartition or k.oid is null and i.indexprs is not null)
  order by x.relispartition, (select count(*) from pg_partition_ancestors(c.oid)), n.nspname collate "C", x.relname collate "C"`

/** Those of partitions alone, and those that refer to a partition: their tables are not tables of the model. */
const CONSTRAINTS = `
  select 'pg_constraint:' || k.oid as address,
    case k.contype when 'x' then 'exclusion constraint' when 'c' then 'check' else 'foreign key' end as kind,
    quote_ident(k.conname) || ' on ' || c.oid::regclass as name, ${OF_TABLE} as table,
    array['alter table ' || case when k.contype = 'f' then '' else 'only ' end || c.oid::regclass || ' add constraint '
      || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)] as statements
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class r on r.oid = k.confrelid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and ${inNoExtension('pg_class', 'c.oid')}
    and (k.contype = 'x' and not c.relispartition or k.contype = 'c' and c.relispartition and k.conislocal
      or k.contype = 'f' and k.conparentid = 0 and (c.relispartition or r.relispartition))
  order by n.nspname collate "C", c.relname collate "C", k.conname collate "C"`

const STATISTICS = `
  select 'pg_statistic_ext:' || s.oid as address, 'statistics' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as name, ${OF_TABLE} as table,
    array[pg_get_statisticsobjdef(s.oid)] as statements
  from pg_statistic_ext s
  join pg_class c on c.oid = s.stxrelid
  join pg_namespace n on n.oid = s.stxnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_statistic_ext', 's.oid')}
  order by n.nspname collate "C", s.stxname collate "C"`

/** What `cluster` and logical replication go by. */
const INDEX_ROLES = `
  select 'pg_class:' || x.oid as address, 'index setting' as kind, x.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when i.indisclustered then 'alter table only ' || c.oid::regclass || ' cluster on ' || quote_ident(x.relname) end,
      case when i.indisreplident then 'alter table only ' || c.oid::regclass || ' replica identity using index ' || quote_ident(x.relname) end]
      as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and (i.indisclustered or i.indisreplident)
  order by n.nspname collate "C", x.relname collate "C"`

const VIEW_INDEXES = `
  select 'pg_class:' || x.oid as address, 'index' as kind, x.oid::regclass::text as name, null::json as table,
    array[pg_get_indexdef(x.oid)] as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind = 'm'
  order by n.nspname collate "C", x.relname collate "C"`

const VIEW_DEFAULTS = `
  select 'pg_attrdef:' || d.oid as address, 'default' as kind, c.oid::regclass || '.' || quote_ident(a.attname) as name, null::json as table,
    array['alter view ' || c.oid::regclass || ' alter column ' || quote_ident(a.attname) || ' set default ' || pg_get_expr(d.adbin, d.adrelid)]
      as statements
  from pg_attrdef d
  join pg_class c on c.oid = d.adrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
  where ${IN_USER_SCHEMA} and c.relkind = 'v'
  order by d.oid`

const RULES = `
  select 'pg_rewrite:' || r.oid as address, 'rule' as kind, quote_ident(r.rulename) || ' on ' || c.oid::regclass as name,
    case when c.relkind in ('r', 'p') then ${OF_TABLE} end as table,
    array[rtrim(pg_get_ruledef(r.oid), ';'), case r.ev_enabled when 'O' then null else 'alter table ' || c.oid::regclass || case r.ev_enabled
      when 'D' then ' disable' when 'A' then ' enable always' else ' enable replica' end || ' rule ' || quote_ident(r.rulename) end] as statements
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and r.rulename <> '_RETURN' and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C", r.rulename collate "C"`

const POLICIES = `
  select 'pg_policy:' || p.oid as address, 'policy' as kind, quote_ident(p.polname) || ' on ' || c.oid::regclass as name, ${OF_TABLE} as table,
    array['create policy ' || quote_ident(p.polname) || ' on ' || c.oid::regclass || case when p.polpermissive then '' else ' as restrictive' end
      || case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' when 'd' then ' for delete' else '' end
      || case when p.polroles = '{0}' then '' else ' to ' || (select string_agg(quote_ident(o.rolname), ', ' order by o.rolname)
        from pg_roles o where o.oid = any (p.polroles)) end
      || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
      || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')] as statements
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA}
  order by n.nspname collate "C", c.relname collate "C", p.polname collate "C"`

const ROW_SECURITY = `
  select 'pg_class:' || c.oid as address, 'row security' as kind, c.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when c.relrowsecurity then 'alter table ' || c.oid::regclass || ' enable row level security' end,
      case when c.relforcerowsecurity then 'alter table only ' || c.oid::regclass || ' force row level security' end] as statements
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and (c.relrowsecurity or c.relforcerowsecurity)
  order by n.nspname collate "C", c.relname collate "C"`

const QUERIES: readonly Query[] = [
  ...[EXTENSIONS, COLLATIONS, ENUMS, COMPOSITES, RANGES, OPERATORS, CASTS, AGGREGATES].map(
    (sql): Query => ({ stage: 'before tables', sql }),
  ),
  ...[INDEXES, CONSTRAINTS, STATISTICS, INDEX_ROLES].map((sql): Query => ({ stage: 'with keys', sql })),
  ...[VIEW_INDEXES, VIEW_DEFAULTS, RULES, POLICIES, ROW_SECURITY].map(
    (sql): Query => ({ stage: 'after modules', sql }),
  ),
]

export async function readObjects(client: ClientBase): Promise<readonly FoundObject[]> {
  const found: FoundObject[] = []
  for (const { stage, sql } of QUERIES) {
    for (const { address, kind, name, statements, table } of (await client.query<Row>(sql)).rows) {
      const given = statements.filter((statement) => statement !== null)
      if (given.length === 0) continue
      found.push({ address, object: { kind, name, statements: given, stage, ...(table !== null && { table }) } })
    }
  }
  return found
}
