import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'

/** Queries for text search, each as the rows of read-objects.ts. Parsers and templates are functions, and need a superuser. */

export const TEXT_SEARCH_DICTIONARIES = `
  select 'pg_ts_dict:' || d.oid as address, 'text search dictionary' as kind, d.oid::regdictionary::text as name, null::json as table,
    array['create text search dictionary ' || d.oid::regdictionary || ' (template = ' || quote_ident(tn.nspname) || '.'
      || quote_ident(t.tmplname) || coalesce(', ' || d.dictinitoption, '') || ')'] as statements
  from pg_ts_dict d
  join pg_namespace n on n.oid = d.dictnamespace
  join pg_ts_template t on t.oid = d.dicttemplate
  join pg_namespace tn on tn.oid = t.tmplnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_ts_dict', 'd.oid')}
  order by n.nspname collate "C", d.dictname collate "C"`

export const TEXT_SEARCH_CONFIGURATIONS = `
  select 'pg_ts_config:' || c.oid as address, 'text search configuration' as kind, c.oid::regconfig::text as name, null::json as table,
    array['create text search configuration ' || c.oid::regconfig || ' (parser = ' || quote_ident(pn.nspname) || '.'
      || quote_ident(p.prsname) || ')']
    || coalesce((select array_agg('alter text search configuration ' || c.oid::regconfig || ' add mapping for ' || quote_ident(token.alias)
        || ' with ' || mapping.dictionaries order by token.alias)
      from (select m.maptokentype, string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
        from pg_ts_config_map m where m.mapcfg = c.oid group by m.maptokentype) as mapping
      join ts_token_type(c.cfgparser) as token on token.tokid = mapping.maptokentype), '{}') as statements
  from pg_ts_config c
  join pg_namespace n on n.oid = c.cfgnamespace
  join pg_ts_parser p on p.oid = c.cfgparser
  join pg_namespace pn on pn.oid = p.prsnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_ts_config', 'c.oid')}
  order by n.nspname collate "C", c.cfgname collate "C"`

export const TEXT_SEARCH_PARSERS = `
  select 'pg_ts_parser:' || p.oid as address, 'text search parser' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(p.prsname) as name, null::json as table,
    array['create text search parser ' || quote_ident(n.nspname) || '.' || quote_ident(p.prsname) || ' (start = ' || p.prsstart
      || ', gettoken = ' || p.prstoken || ', end = ' || p.prsend || case when p.prsheadline::oid = 0 then '' else ', headline = ' || p.prsheadline end
      || ', lextypes = ' || p.prslextype || ')'] as statements
  from pg_ts_parser p
  join pg_namespace n on n.oid = p.prsnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_ts_parser', 'p.oid')}
  order by n.nspname collate "C", p.prsname collate "C"`

export const TEXT_SEARCH_TEMPLATES = `
  select 'pg_ts_template:' || t.oid as address, 'text search template' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) as name, null::json as table,
    array['create text search template ' || quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) || ' ('
      || case when t.tmplinit::oid = 0 then '' else 'init = ' || t.tmplinit || ', ' end || 'lexize = ' || t.tmpllexize || ')'] as statements
  from pg_ts_template t
  join pg_namespace n on n.oid = t.tmplnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_ts_template', 't.oid')}
  order by n.nspname collate "C", t.tmplname collate "C"`
