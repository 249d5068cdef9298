import type { MissingRight } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA, inNoExtension } from './catalog/user-schemas.ts'
import { quote } from './quote.ts'

interface SchemaRow {
  readonly login: string
  readonly name: string
  readonly canUse: boolean
  /** Tables that cannot be read, and how many there are in all. */
  readonly unreadable: readonly string[]
  readonly tables: number
  /** Sequences whose last value cannot be read. */
  readonly unreadableSequences: readonly string[]
  /** Tables of which some rows may be hidden from the login. */
  readonly restricted: readonly string[]
}

const SCHEMAS = `
  select current_user as login, n.nspname as name, has_schema_privilege(n.oid, 'usage') as "canUse",
    count(*) filter (where ${isTable('c')})::int as tables,
    ${namesOf(`${isTable('c')} and not has_table_privilege(c.oid, 'select')`)} as unreadable,
    ${namesOf(`c.relkind = 'S' and not has_sequence_privilege(c.oid, 'select')`)} as "unreadableSequences",
    ${namesOf(`${isTable('c')} and row_security_active(c.oid)`)} as restricted
  from pg_namespace n
  join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'S') and ${inNoExtension('pg_class', 'c.oid')}
  where ${IN_USER_SCHEMA}
  group by n.oid, n.nspname
  order by n.nspname`

/** Above that many names a statement for the whole schema is more use. */
const MOST_NAMES = 10

/** What the login lacks to read every row of the database. Throws what the driver throws. */
export async function sourceRights(client: ClientBase): Promise<readonly MissingRight[]> {
  const { rows } = await client.query<SchemaRow>(SCHEMAS)
  return rows.flatMap((row) => [...toUse(row), ...toRead(row), ...toReadSequences(row), ...toSeeRows(row)])
}

function toUse({ login, name, canUse }: SchemaRow): readonly MissingRight[] {
  if (canUse) return []
  return [
    {
      right: `USAGE on schema ${quote(name)}`,
      severity: 'needed',
      consequence: 'Its tables cannot be read, and a dump fails.',
      grant: `grant usage on schema ${quote(name)} to ${quote(login)}`,
    },
  ]
}

function toRead({ login, name, unreadable, tables }: SchemaRow): readonly MissingRight[] {
  if (unreadable.length === 0) return []
  const all = unreadable.length === tables || unreadable.length > MOST_NAMES
  const what = all ? `all tables in schema ${quote(name)}` : unreadable.join(', ')
  return [
    {
      right: `SELECT on ${unreadable.length} of ${tables} tables in schema ${quote(name)}`,
      severity: 'needed',
      consequence: 'A dump fails at the first of them that is in its scope.',
      grant: `grant select on ${what} to ${quote(login)}`,
    },
  ]
}

function toReadSequences({ login, name, unreadableSequences: sequences }: SchemaRow): readonly MissingRight[] {
  if (sequences.length === 0) return []
  return [
    {
      right: `SELECT on ${sequences.length} sequences in schema ${quote(name)}`,
      severity: 'advised',
      consequence: 'Their last values are not known, so a restored sequence begins anew.',
      grant: `grant select on all sequences in schema ${quote(name)} to ${quote(login)}`,
    },
  ]
}

function toSeeRows({ login, restricted }: SchemaRow): readonly MissingRight[] {
  if (restricted.length === 0) return []
  const more = restricted.length > 3 ? ` and ${restricted.length - 3} more` : ''
  return [
    {
      right: `BYPASSRLS, for ${restricted.slice(0, 3).join(', ')}${more}`,
      severity: 'needed',
      consequence: 'Row-level security would hide rows from the backup, so a dump of these tables fails instead.',
      grant: `alter role ${quote(login)} bypassrls`,
    },
  ]
}

function isTable(alias: string): string {
  return `${alias}.relkind in ('r', 'p')`
}

function namesOf(condition: string): string {
  const names = `array_agg(format('%I.%I', n.nspname, c.relname) order by c.relname) filter (where ${condition})`
  return `coalesce(${names}, '{}')::text[]`
}
