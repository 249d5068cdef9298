import type { LeftBehind } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

/** Objects of one kind that a backup does not carry. */
interface Probe {
  readonly kind: string
  readonly reason: string
  /** Rows of `name`. */
  readonly sql: string
}

const ELSEWHERE = 'its rows are in another place'
const OPERATOR_CLASSES = 'operator classes are not carried; create it again'
const CODE = 'it is code outside of the database; install it again'

const PROBES: readonly Probe[] = [
  {
    kind: 'large objects',
    reason: 'they belong to no table; export them with lo_export',
    sql: `select count(*) || ' large objects' as name from pg_largeobject_metadata having count(*) > 0`,
  },
  {
    kind: 'value of a sequence',
    reason: 'the user may not read it; grant SELECT on the sequence',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${IN_USER_SCHEMA} and c.relkind = 'S' and c.relpersistence <> 't' and ${inNoExtension('pg_class', 'c.oid')}
        and not (has_schema_privilege(n.oid, 'usage') and case when c.relkind = 'S' then has_sequence_privilege(c.oid, 'select') end)`,
  },
  {
    kind: 'foreign table',
    reason: ELSEWHERE,
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${IN_USER_SCHEMA} and c.relkind = 'f' and ${inNoExtension('pg_class', 'c.oid')}`,
  },
  {
    kind: 'foreign server',
    reason: ELSEWHERE,
    sql: `select quote_ident(s.srvname) as name from pg_foreign_server s where ${inNoExtension('pg_foreign_server', 's.oid')}`,
  },
  {
    kind: 'foreign data wrapper',
    reason: CODE,
    sql: `select quote_ident(w.fdwname) as name from pg_foreign_data_wrapper w where ${inNoExtension('pg_foreign_data_wrapper', 'w.oid')}`,
  },
  {
    kind: 'publication',
    reason: 'replication is set up for a server; create it again',
    sql: `select quote_ident(p.pubname) as name from pg_publication p`,
  },
  {
    kind: 'subscription',
    reason: 'replication is set up for a server; create it again',
    sql: `select quote_ident(s.subname) as name from pg_stat_subscription s
      where s.subname is not null group by s.subname`,
  },
  {
    kind: 'event trigger',
    reason: 'only a superuser may create it; create it again',
    sql: `select quote_ident(e.evtname) as name from pg_event_trigger e where ${inNoExtension('pg_event_trigger', 'e.oid')}`,
  },
  {
    kind: 'type',
    reason: CODE,
    sql: `select t.oid::regtype::text as name from pg_type t join pg_namespace n on n.oid = t.typnamespace
      left join pg_range r on r.rngtypid = t.oid
      where ${IN_USER_SCHEMA} and (t.typtype = 'b' and t.typelem = 0 or t.typtype = 'p' or r.rngcanonical <> 0)
        and ${inNoExtension('pg_type', 't.oid')}`,
  },
  {
    kind: 'transform',
    reason: CODE,
    sql: `select format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) as name from pg_transform t
      join pg_language l on l.oid = t.trflang where ${inNoExtension('pg_transform', 't.oid')}`,
  },
  {
    kind: 'language',
    reason: CODE,
    sql: `select quote_ident(l.lanname) as name from pg_language l where l.oid >= 16384 and ${inNoExtension('pg_language', 'l.oid')}`,
  },
  inSchema('text search parser', 'pg_ts_parser', 'prsname', 'prsnamespace', CODE),
  inSchema('text search template', 'pg_ts_template', 'tmplname', 'tmplnamespace', CODE),
  inSchema('operator family', 'pg_opfamily', 'opfname', 'opfnamespace', OPERATOR_CLASSES),
  inSchema('operator class', 'pg_opclass', 'opcname', 'opcnamespace', OPERATOR_CLASSES),
  inSchema('conversion', 'pg_conversion', 'conname', 'connamespace', CODE),
]

/** What is in the database and not in the model, by kind and name. */
export async function readLeftBehind(client: ClientBase): Promise<readonly LeftBehind[]> {
  const found: LeftBehind[] = []
  for (const { kind, reason, sql } of PROBES) {
    const { rows } = await client.query<{ readonly name: string }>(`${sql} order by 1`)
    found.push(...rows.map(({ name }) => ({ kind, name, reason })))
  }
  return found
}

function inSchema(kind: string, catalog: string, name: string, namespace: string, reason: string): Probe {
  return {
    kind,
    reason,
    sql: `select quote_ident(n.nspname) || '.' || quote_ident(o.${name}) as name from ${catalog} o
      join pg_namespace n on n.oid = o.${namespace} where ${IN_USER_SCHEMA} and ${inNoExtension(catalog, 'o.oid')}`,
  }
}
