import type { LeftBehind, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { OF_TABLE } from './objects/of-table.ts'
import { queryAll } from './query-all.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

/** Objects of one kind that a backup does not carry. */
interface Probe {
  readonly kind: string
  readonly reason: string
  readonly administrative?: true
  /** Rows of `name`, and of `table` for what is a part of one. */
  readonly sql: string
}

interface Found {
  readonly name: string
  readonly table?: QualifiedName | null
}

/** What a standby knows by name only. */
const UNLOGGED_ON_STANDBY = `
  select c.oid::regclass::text as name, case when c.relispartition then ${OF_TABLE} end as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relpersistence = 'u' and pg_is_in_recovery() and ${inNoExtension('pg_class', 'c.oid')}`

const PROBES: readonly Probe[] = [
  {
    kind: 'large objects',
    reason: 'they belong to no table, and columns that name them would name nothing; export them with lo_export',
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
    kind: 'value of a sequence',
    reason: 'it is unlogged, and a standby does not have it; dump the primary',
    sql: `${UNLOGGED_ON_STANDBY} and c.relkind = 'S'`,
  },
  {
    kind: 'rows of unlogged table',
    reason: 'a standby does not have them; dump the primary',
    sql: `${UNLOGGED_ON_STANDBY} and c.relkind = 'r'`,
  },
  {
    kind: 'rows of foreign table',
    reason: 'they are in another place; only its definition is carried',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${IN_USER_SCHEMA} and c.relkind = 'f' and not c.relispartition and ${inNoExtension('pg_class', 'c.oid')}`,
  },
  {
    kind: 'place of foreign partition',
    reason: 'its rows are in the backup of its table, and it becomes an ordinary partition',
    sql: `select c.oid::regclass::text as name, ${OF_TABLE} as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${IN_USER_SCHEMA} and c.relkind = 'f' and c.relispartition and ${inNoExtension('pg_class', 'c.oid')}`,
  },
  {
    kind: 'password of user mapping',
    reason: 'secrets are not carried; set it again',
    administrative: true,
    sql: `select coalesce(quote_ident(r.rolname), 'public') || ' at ' || quote_ident(m.srvname) as name
      from pg_user_mappings m left join pg_roles r on r.oid = m.umuser`,
  },
  {
    kind: 'database setting',
    reason: 'the restored database has to take changes; set it again',
    administrative: true,
    sql: `select 'default_transaction_read_only' as name from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
      where d.datname = current_database() and s.setrole = 0 and exists (select from unnest(s.setconfig) as setting
        where setting like 'default\\_transaction\\_read\\_only=%')`,
  },
  {
    kind: 'subscription',
    reason: 'it would take rows from its publisher again; create it when the restore is done',
    administrative: true,
    sql: `select quote_ident(s.subname) as name from pg_stat_subscription s
      where s.subname is not null group by s.subname`,
  },
]

/** What is in the database and not in the model, by kind and name. */
export async function readLeftBehind(client: ClientBase): Promise<readonly LeftBehind[]> {
  const queries = PROBES.map(({ sql }) => `${sql} order by 1`)
  const answers = await queryAll<Found>(client, queries)
  return PROBES.flatMap(({ sql: _, ...probe }, i) =>
    answers[i]!.map(({ name, table }) => ({ ...probe, name, ...(table ? { table } : {}) })),
  )
}
