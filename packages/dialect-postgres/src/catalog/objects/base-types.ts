import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for types that are made by functions, each as the rows of read-objects.ts. */

/** A condition on pg_type t: it is not what its element calls its array. Other types may have elements, too. */
export const IS_NO_ARRAY = `not exists (select from pg_type element where element.oid = t.typelem and element.typarray = t.oid)`

/** A condition on pg_type t: its functions need it before it can be made, so that at first it is a name. */
export const IS_SHELL_FIRST = `(t.typtype = 'b' and ${IS_NO_ARRAY} or t.typtype = 'p' or exists (select from pg_range shell
    where shell.rngtypid = t.oid and shell.rngcanonical <> 0))`

/** `address`: not in pg_depend, see dependencies.ts. */
export const SHELL_TYPES = `
  select 'shell:' || t.oid as address, 'type name' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype] as statements
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  where ${IN_USER_SCHEMA} and ${IS_SHELL_FIRST} and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`

/** The words between the brackets of `create type`, in the order of the manual. Functions are 0 where there is none. */
export const BASE_TYPES = `
  select 'pg_type:' || t.oid as address, 'type' as kind, t.oid::regtype::text as name, null::json as table,
    array['create type ' || t.oid::regtype || ' (input = ' || t.typinput || ', output = ' || t.typoutput
      || case when t.typreceive::oid = 0 then '' else ', receive = ' || t.typreceive end
      || case when t.typsend::oid = 0 then '' else ', send = ' || t.typsend end
      || case when t.typmodin::oid = 0 then '' else ', typmod_in = ' || t.typmodin end
      || case when t.typmodout::oid = 0 then '' else ', typmod_out = ' || t.typmodout end
      || case when t.typanalyze::oid = 0 then '' else ', analyze = ' || t.typanalyze end
      || coalesce(', subscript = ' || nullif(to_jsonb(t) ->> 'typsubscript', '-'), '')
      || ', internallength = ' || case when t.typlen = -1 then 'variable' else t.typlen::text end
      || case when t.typbyval then ', passedbyvalue' else '' end
      || ', alignment = ' || case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end
      || ', storage = ' || case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end
      || ', category = ' || quote_literal(t.typcategory::text) || case when t.typispreferred then ', preferred = true' else '' end
      || coalesce(', default = ' || quote_literal(t.typdefault), '')
      || case when t.typelem = 0 then '' else ', element = ' || format_type(t.typelem, null) end
      || case when t.typdelim = ',' then '' else ', delimiter = ' || quote_literal(t.typdelim::text) end
      || case when t.typcollation = 0 then '' else ', collatable = true' end || ')'] as statements
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  where ${IN_USER_SCHEMA} and t.typtype = 'b' and ${IS_NO_ARRAY} and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`
