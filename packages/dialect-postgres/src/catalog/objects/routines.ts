import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for extensions and for what goes with functions, each as the rows of read-objects.ts. */

/** Extensions of the server itself (below the first normal oid, access/transam.h) are in every database. */
export const EXTENSIONS = `
  select 'pg_extension:' || e.oid as address, 'extension' as kind, quote_ident(e.extname) as name, null::json as table,
    array['create extension if not exists ' || quote_ident(e.extname) || ' with schema ' || quote_ident(n.nspname)] as statements
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  where e.oid >= 16384
  order by e.extname collate "C"`

export const OPERATORS = `
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
  order by o.oid::regoperator::text collate "C"`

export const CASTS = `
  select 'pg_cast:' || k.oid as address, 'cast' as kind,
    format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null) as name, null::json as table,
    array['create cast (' || format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null) || ') '
      || case k.castmethod when 'f' then 'with function ' || k.castfunc::regprocedure when 'i' then 'with inout' else 'without function' end
      || case k.castcontext when 'a' then ' as assignment' when 'i' then ' as implicit' else '' end] as statements
  from pg_cast k
  where k.oid >= 16384 and ${inNoExtension('pg_cast', 'k.oid')}
    and not exists (select from pg_depend i where i.classid = 'pg_cast'::regclass and i.objid = k.oid and i.deptype = 'i')
  order by format_type(k.castsource, null) collate "C", format_type(k.casttarget, null) collate "C"`

/** Whether a final function changes the state, unless it is as the kind of the aggregate has it by itself. */
function modifies(word: string, column: string): string {
  return `case when a.${column} = case a.aggkind when 'n' then 'r' else 'w' end then '' else ', ${word} = '
    || case a.${column} when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end end`
}

/** The words between the brackets of `create aggregate`, in the order of the manual. */
export const AGGREGATES = `
  select 'pg_proc:' || p.oid as address, 'aggregate' as kind, p.oid::regprocedure::text as name, null::json as table,
    array['create aggregate ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
      || '(' || case when p.pronargs = 0 then '*' else pg_get_function_arguments(p.oid) end || ') (sfunc = '
      || a.aggtransfn::regproc || ', stype = ' || format_type(a.aggtranstype, null)
      || case when a.aggtransspace = 0 then '' else ', sspace = ' || a.aggtransspace end
      || case when a.aggfinalfn = 0 then '' else ', finalfunc = ' || a.aggfinalfn::regproc end
      || case when a.aggfinalextra then ', finalfunc_extra' else '' end
      || ${modifies('finalfunc_modify', 'aggfinalmodify')}
      || case when a.aggcombinefn = 0 then '' else ', combinefunc = ' || a.aggcombinefn::regproc end
      || case when a.aggserialfn = 0 then '' else ', serialfunc = ' || a.aggserialfn::regproc || ', deserialfunc = ' || a.aggdeserialfn::regproc end
      || coalesce(', initcond = ' || quote_literal(a.agginitval), '')
      || case when a.aggmtransfn = 0 then '' else ', msfunc = ' || a.aggmtransfn::regproc || ', minvfunc = ' || a.aggminvtransfn::regproc
        || ', mstype = ' || format_type(a.aggmtranstype, null) || coalesce(', minitcond = ' || quote_literal(a.aggminitval), '')
        || case when a.aggmtransspace = 0 then '' else ', msspace = ' || a.aggmtransspace end
        || case when a.aggmfinalfn = 0 then '' else ', mfinalfunc = ' || a.aggmfinalfn::regproc end
        || case when a.aggmfinalextra then ', mfinalfunc_extra' else '' end || ${modifies('mfinalfunc_modify', 'aggmfinalmodify')} end
      || case when a.aggsortop = 0 then '' else (select ', sortop = operator(' || quote_ident(m.nspname) || '.' || o.oprname || ')'
        from pg_operator o join pg_namespace m on m.oid = o.oprnamespace where o.oid = a.aggsortop) end
      || case when a.aggkind = 'h' then ', hypothetical' else '' end
      || case p.proparallel when 's' then ', parallel = safe' when 'r' then ', parallel = restricted' else '' end || ')'] as statements
  from pg_aggregate a
  join pg_proc p on p.oid = a.aggfnoid
  join pg_namespace n on n.oid = p.pronamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_proc', 'p.oid')}
  order by n.nspname collate "C", p.proname collate "C", p.oid::regprocedure::text collate "C"`

export const ACCESS_METHODS = `
  select 'pg_am:' || am.oid as address, 'access method' as kind, quote_ident(am.amname) as name, null::json as table,
    array['create access method ' || quote_ident(am.amname) || ' type ' || case am.amtype when 'i' then 'index' else 'table' end
      || ' handler ' || am.amhandler::regproc] as statements
  from pg_am am
  where am.oid >= 16384 and ${inNoExtension('pg_am', 'am.oid')}
  order by am.amname collate "C"`
