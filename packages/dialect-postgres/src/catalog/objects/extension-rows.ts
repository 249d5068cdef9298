import type { LeftBehind } from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote, quoteText } from '../../quote.ts'
import type { FoundObject } from './read-objects.ts'

/**
 * Rows that users put into a table of an extension, which the extension calls its configuration (`pg_extension_config_dump`): the
 * extension brings the table, and not these.
 */
const TABLES = `
  select c.oid::text as oid, n.nspname as schema, c.relname as name, config.condition,
    has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable
  from pg_extension e
  cross join lateral unnest(e.extconfig, e.extcondition) with ordinality as config (oid, condition, position)
  join pg_class c on c.oid = config.oid
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
  order by e.oid, config.position`

interface TableRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  /** Empty, or from WHERE on. */
  readonly condition: string
  readonly readable: boolean
}

/** Above that many characters, or rows, it is no configuration any more. */
const MOST_TEXT = 1_000_000
const MOST_ROWS = 10_000

export interface ExtensionRows {
  readonly objects: readonly FoundObject[]
  readonly leftBehind: readonly LeftBehind[]
}

/** The rows as one statement for each table; those that are there already stay as they are. */
export async function readExtensionRows(client: ClientBase): Promise<ExtensionRows> {
  const objects: FoundObject[] = []
  const leftBehind: LeftBehind[] = []
  for (const table of (await client.query<TableRow>(TABLES)).rows) {
    const rows = table.readable ? await readRows(client, table) : UNREADABLE
    if (typeof rows === 'string') objects.push(insertRows(table, rows))
    else if (rows !== null) leftBehind.push({ kind: KIND, name: quote(table.schema, table.name), ...rows })
  }
  return { objects, leftBehind }
}

const KIND = 'rows of extension table'

const UNREADABLE = { reason: 'the user may not read them; grant SELECT on the table' }

const TOO_MANY = { reason: 'they are too many to be its configuration; copy them by themselves' }

async function readRows(
  client: ClientBase,
  { schema, name, condition }: TableRow,
): Promise<string | null | Pick<LeftBehind, 'reason'>> {
  const found = `(select * from only ${quote(schema, name)} ${condition} limit ${MOST_ROWS + 1}) as own`
  // Rows of any number and size are in nobody's memory.
  const size = `select count(*) > ${MOST_ROWS} or sum(pg_column_size(own)) > ${MOST_TEXT} as large from ${found}`
  if ((await client.query<{ readonly large: boolean | null }>(size)).rows[0]!.large) return TOO_MANY
  const sql = `select json_agg(row_to_json(own))::text as rows from ${found}`
  const { rows } = (await client.query<{ readonly rows: string | null }>(sql)).rows[0]!
  return rows !== null && rows.length > MOST_TEXT ? TOO_MANY : rows
}

function insertRows({ oid, schema, name }: TableRow, rows: string): FoundObject {
  const table = quote(schema, name)
  const insert = `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, ${quoteText(rows)}) on conflict do nothing`
  return {
    address: `extension rows:${oid}`,
    object: { kind: KIND, name: table, statements: [insert], stage: 'after modules' },
  }
}
