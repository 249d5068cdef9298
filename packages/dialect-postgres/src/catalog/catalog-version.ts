import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { readExtensionRows } from './objects/extension-rows.ts'

/** Those that a model is made from, and those that decide what the user may see of them. */
const CATALOGS = [
  ...['pg_aggregate', 'pg_am', 'pg_attrdef', 'pg_attribute', 'pg_auth_members', 'pg_cast', 'pg_class', 'pg_collation'],
  ...[
    'pg_constraint',
    'pg_conversion',
    'pg_db_role_setting',
    'pg_default_acl',
    'pg_depend',
    'pg_description',
    'pg_enum',
    'pg_event_trigger',
  ],
  ...[
    'pg_extension',
    'pg_foreign_data_wrapper',
    'pg_foreign_server',
    'pg_foreign_table',
    'pg_index',
    'pg_inherits',
    'pg_init_privs',
  ],
  ...['pg_language', 'pg_largeobject_metadata', 'pg_namespace', 'pg_opclass', 'pg_operator', 'pg_opfamily'],
  ...['pg_partitioned_table', 'pg_policy', 'pg_proc', 'pg_publication', 'pg_range', 'pg_rewrite', 'pg_sequence'],
  ...['pg_statistic_ext', 'pg_transform', 'pg_trigger', 'pg_ts_config', 'pg_ts_config_map', 'pg_ts_dict'],
  ...['pg_ts_parser', 'pg_ts_template', 'pg_type'],
]

/** A row of a catalog that is changed is a new one, by another transaction; statistics are kept in place. */
const VERSION = `
  ${CATALOGS.map(
    (catalog) => `select '${catalog}' as catalog, count(*)::text as rows,
    coalesce(sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)), 0)::text as sum from ${catalog}`,
  ).join(' union all ')}
  union all
  select 'pg_roles', count(*)::text, coalesce(sum(hashtextextended(r::text, 0)), 0)::text from pg_roles as r
  union all
  select 'pg_subscription', count(*)::text, coalesce(sum(hashtextextended(s.subname, 0)), 0)::text from pg_stat_subscription as s
  union all
  select current_user, current_setting('server_version'), current_database()`

/** Equal for equal catalogs as this user sees them. */
export async function catalogVersion(client: ClientBase): Promise<string> {
  const { rows } = await client.query(VERSION)
  const extensionRows = await readExtensionRows(client)
  return createHash('sha256')
    .update(JSON.stringify([rows, extensionRows]))
    .digest('hex')
}
