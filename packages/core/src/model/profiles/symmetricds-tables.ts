/**
 * The tables of SymmetricDS 3.x without their prefix, as its symmetric-schema.xml and, for those of the Pro edition, its
 * TableConstants name them. Each table is in one group.
 */
export type TableGroup = 'runtime' | 'config' | 'secret'

const RUNTIME = `
  context data data_event data_gap extract_request file_incoming file_snapshot incoming_batch incoming_error lock
  node_communication node_host node_host_channel_stats node_host_job_stats node_host_stats outgoing_batch outgoing_error
  registration_request sequence table_reload_request table_reload_status trigger_hist
  compare_request compare_status compare_table_status console_event console_table_stats monitor_event`

const CONFIG = `
  channel conflict extension file_trigger file_trigger_router grouplet grouplet_link job load_filter node node_channel_ctl
  node_group node_group_channel_wnd node_group_link node_identity parameter registration_redirect router transform_column
  transform_table trigger trigger_router trigger_router_grouplet
  console_role console_role_privilege design_diagram diagram_group monitor notification table_group table_group_hier`

const SECRET = 'node_security console_user console_user_hist'

const GROUPS: ReadonlyMap<string, TableGroup> = new Map([
  ...words(RUNTIME).map((name) => [name, 'runtime'] as const),
  ...words(CONFIG).map((name) => [name, 'config'] as const),
  ...words(SECRET).map((name) => [name, 'secret'] as const),
])

/** Those of the Pro edition, of which every version has others; what a console's table holds nobody promises. */
const FAMILIES: readonly (readonly [RegExp, TableGroup])[] = [
  [/^console_/, 'secret'],
  [/^compare_/, 'runtime'],
  [/^monitor_/, 'runtime'],
  [/^table_group_/, 'config'],
]

/** `name`: in lower case, without the prefix; null when it is none of SymmetricDS's tables. */
export function groupOfTable(name: string): TableGroup | null {
  return GROUPS.get(name) ?? FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
