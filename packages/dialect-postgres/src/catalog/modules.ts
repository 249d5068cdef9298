import type { Module, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { nativeFacts } from '../native-facts.ts'
import { queryAll } from './query-all.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

/** A module with its address in pg_depend. */
export interface FoundModule {
  /** `catalog:oid`. */
  readonly address: string
  readonly module: Module
}

interface Row {
  readonly address: string
  readonly kind: Module['kind']
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly on: QualifiedName | null
  readonly materialized: boolean
  /** A materialized view that was never filled. */
  readonly empty: boolean
  /** Of a trigger that is not simply enabled. */
  readonly state: TriggerState | null
  /** As a `drop` statement names it. */
  readonly identity: string | null
}

/** A function is told from another of the same name by what it takes. Those that come with a range type are not listed. */
const FUNCTIONS = `
  select 'pg_proc:' || p.oid as address, case p.prokind when 'p' then 'procedure' else 'function' end as kind,
    n.nspname as schema, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
    pg_get_functiondef(p.oid) as definition, null::json as on, false as materialized, false as empty,
    null as state, p.oid::regprocedure::text as identity
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where ${IN_USER_SCHEMA} and p.prokind <> 'a' and ${inNoExtension('pg_proc', 'p.oid')}
    and not exists (select from pg_depend i where i.classid = 'pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i')
  order by n.nspname collate "C", p.proname collate "C", p.oid::regprocedure::text collate "C"`

const VIEWS = `
  select 'pg_class:' || c.oid as address, 'view' as kind, n.nspname as schema, c.relname as name,
    'create ' || case c.relkind when 'm' then 'materialized ' else '' end || 'view ' || c.oid::regclass
      || case when c.relkind = 'm' and am.amname <> 'heap' then ' using ' || quote_ident(am.amname) else '' end
      || case when c.reloptions is null then '' else ' with (' || array_to_string(c.reloptions, ', ') || ')' end
      || E' as\\n' || rtrim(pg_get_viewdef(c.oid), ';') as definition,
    null::json as on, c.relkind = 'm' as materialized, c.relkind = 'm' and not c.relispopulated as empty, null as state, null as identity
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am am on am.oid = c.relam
  where ${IN_USER_SCHEMA} and c.relkind in ('v', 'm') and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C"`

const TRIGGERS = `
  select 'pg_trigger:' || t.oid as address, 'trigger' as kind, n.nspname as schema, t.tgname as name,
    pg_get_triggerdef(t.oid) as definition, json_build_object('schema', n.nspname, 'name', c.relname) as on,
    false as materialized, false as empty,
    case t.tgenabled when 'D' then 'disabled' when 'R' then 'enabled for replicas' when 'A' then 'enabled always' end as state,
    null as identity
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and not t.tgisinternal and coalesce((to_jsonb(t) ->> 'tgparentid')::oid, 0) = 0
    and ${inNoExtension('pg_trigger', 't.oid')} and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"`

/** Other than enabled; the words of the model. */
export type TriggerState = 'disabled' | 'enabled for replicas' | 'enabled always'

/** Functions, procedures and views, then triggers; the order of dependence is for others to find. */
export async function readModules(client: ClientBase): Promise<readonly FoundModule[]> {
  return (await queryAll<Row>(client, [FUNCTIONS, VIEWS, TRIGGERS])).flat().map(moduleOf)
}

/** The marks of a cycle as `pg_get_viewdef` writes them, with a cast that PostgreSQL itself does not read there. */
const CYCLE_MARKS =
  /( CYCLE [^']+ SET \S+ TO )('(?:[^']|'')*')::([a-z ]+)( DEFAULT )('(?:[^']|'')*')::([a-z ]+)(?= USING )/g

function moduleOf(row: Row): FoundModule {
  const { address, kind, schema, name, on, materialized, empty, state, identity } = row
  const definition = kind === 'view' ? row.definition.replace(CYCLE_MARKS, '$1$3 $2$4$6 $5') : row.definition
  const facts = nativeFacts({ materialized, empty, state, identity })
  return { address, module: { kind, schema, name, definition, ...(on !== null && { on }), ...facts } }
}
