import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for what speaks of code outside of the database, each as the rows of read-objects.ts. Most need a superuser. */

export const LANGUAGES = `
  select 'pg_language:' || l.oid as address, 'language' as kind, quote_ident(l.lanname) as name, null::json as table,
    array['create ' || case when l.lanpltrusted then 'trusted ' else '' end || 'language ' || quote_ident(l.lanname) || ' handler ' || l.lanplcallfoid::regproc
      || case when l.laninline = 0 then '' else ' inline ' || l.laninline::regproc end
      || case when l.lanvalidator = 0 then '' else ' validator ' || l.lanvalidator::regproc end] as statements
  from pg_language l
  where l.oid >= 16384 and l.lanplcallfoid <> 0 and ${inNoExtension('pg_language', 'l.oid')}
  order by l.lanname collate "C"`

export const TRANSFORMS = `
  select 'pg_transform:' || t.oid as address, 'transform' as kind,
    'for ' || format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) as name, null::json as table,
    array['create transform for ' || format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) || ' (' || array_to_string(array[
      case when t.trffromsql = 0 then null else 'from sql with function ' || t.trffromsql::regprocedure end,
      case when t.trftosql = 0 then null else 'to sql with function ' || t.trftosql::regprocedure end], ', ') || ')'] as statements
  from pg_transform t
  join pg_language l on l.oid = t.trflang
  where t.oid >= 16384 and ${inNoExtension('pg_transform', 't.oid')}
  order by format_type(t.trftype, null) collate "C", l.lanname collate "C"`

export const CONVERSIONS = `
  select 'pg_conversion:' || k.oid as address, 'conversion' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(k.conname) as name, null::json as table,
    array['create ' || case when k.condefault then 'default ' else '' end || 'conversion ' || quote_ident(n.nspname) || '.' || quote_ident(k.conname)
      || ' for ' || quote_literal(pg_encoding_to_char(k.conforencoding)) || ' to ' || quote_literal(pg_encoding_to_char(k.contoencoding))
      || ' from ' || k.conproc] as statements
  from pg_conversion k
  join pg_namespace n on n.oid = k.connamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_conversion', 'k.oid')}
  order by n.nspname collate "C", k.conname collate "C"`

export const EVENT_TRIGGERS = `
  select 'pg_event_trigger:' || e.oid as address, 'event trigger' as kind, quote_ident(e.evtname) as name, null::json as table,
    array['create event trigger ' || quote_ident(e.evtname) || ' on ' || e.evtevent
      || coalesce(' when tag in (' || (select string_agg(quote_literal(tag), ', ') from unnest(e.evttags) as tag) || ')', '')
      || ' execute function ' || e.evtfoid::regproc || '()',
      case e.evtenabled when 'O' then null else 'alter event trigger ' || quote_ident(e.evtname) || case e.evtenabled
        when 'D' then ' disable' when 'A' then ' enable always' else ' enable replica' end end] as statements
  from pg_event_trigger e
  where ${inNoExtension('pg_event_trigger', 'e.oid')}
  order by e.evtname collate "C"`
