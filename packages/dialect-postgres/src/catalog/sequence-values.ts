import type { QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote } from '../quote.ts'
import { IN_USER_SCHEMA } from './user-schemas.ts'

/** Where a sequence stands. */
export interface SequenceValue {
  /** The value given out last; one step before the next where none was; null at the start. */
  readonly lastValue: string | null
  /** The next value, where no value before it is one of the sequence's. */
  readonly restart: string | null
}

interface SequenceRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly start: string
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
}

/** What a user may not read, and what is unlogged on a standby, has no value here, and is left behind by name. */
const SEQUENCES = `
  select c.oid::text as oid, n.nspname as schema, c.relname as name, s.seqstart::text as start,
    s.seqincrement::text as increment, s.seqmin::text as minimum, s.seqmax::text as maximum
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relpersistence <> 't' and not (c.relpersistence = 'u' and pg_is_in_recovery())
    and has_schema_privilege(n.oid, 'usage')
    and case when c.relkind = 'S' then has_sequence_privilege(c.oid, 'select') end`

/** Sequences in one statement; thousands of them in one would be too deep for the server's parser. */
const AT_ONCE = 200

const START: SequenceValue = { lastValue: null, restart: null }

/** The sequences' values by oid, as text. The system views do not tell where a sequence goes on that was set and not used. */
export async function readSequenceValues(client: ClientBase): Promise<(oid: string) => SequenceValue> {
  const values = await readValues(client, ({ oid }) => oid)
  return (oid) => values.get(oid) ?? START
}

/** The same by name. */
export async function readNamedValues(client: ClientBase): Promise<(name: QualifiedName) => SequenceValue> {
  const values = await readValues(client, ({ schema, name }) => quote(schema, name))
  return ({ schema, name }) => values.get(quote(schema, name)) ?? START
}

async function readValues(
  client: ClientBase,
  keyOf: (row: SequenceRow) => string,
): Promise<ReadonlyMap<string, SequenceValue>> {
  const { rows } = await client.query<SequenceRow>(SEQUENCES)
  const values = new Map<string, SequenceValue>()
  for (let begin = 0; begin < rows.length; begin += AT_ONCE) {
    const some = rows.slice(begin, begin + AT_ONCE)
    const selects = some.map(
      ({ schema, name }, i) =>
        `select ${i} as i, last_value::text as value, is_called as called from ${quote(schema, name)}`,
    )
    const found = await client.query<{ i: number; value: string; called: boolean }>(selects.join(' union all '))
    for (const { i, value, called } of found.rows) values.set(keyOf(some[i]!), standsAt(some[i]!, value, called))
  }
  return values
}

function standsAt(row: SequenceRow, value: string, called: boolean): SequenceValue {
  if (called) return { lastValue: value, restart: null }
  if (value === row.start) return START
  const before = BigInt(value) - BigInt(row.increment)
  const isValue = before >= BigInt(row.minimum) && before <= BigInt(row.maximum)
  return isValue ? { lastValue: `${before}`, restart: null } : { lastValue: null, restart: value }
}
