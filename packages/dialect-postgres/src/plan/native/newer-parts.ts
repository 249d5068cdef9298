import { type Column, type Key, type NativeObject, fullName as sourceName, type Table } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { textFact } from '../../native-facts.ts'
import type { Draft } from '../planning.ts'

/** From this version on (`server_version_num`). */
const PERIODS = 180000
const UUID_FUNCTIONS = 180000

const PERIODS_SINCE = 'is left out: PostgreSQL has WITHOUT OVERLAPS and PERIOD from 18 on'

/** Whether the server can have the key. One that it cannot is a finding. */
export function isKnownKey(table: Table, key: Key, kind: string, { version }: TargetFacts, draft: Draft): boolean {
  const isNewer = version < PERIODS && / WITHOUT OVERLAPS\)/.test(textFact(key.native, 'definition') ?? '')
  if (isNewer) draft.find('lost', kind, `${sourceName(table)}.${key.name}`, PERIODS_SINCE)
  return !isNewer
}

/** The same of a foreign key that only PostgreSQL understands. */
export function isKnownObject(
  { kind, name, statements }: NativeObject,
  { version }: TargetFacts,
  draft: Draft,
): boolean {
  const isNewer = version < PERIODS && kind === 'foreign key' && statements.some((sql) => /, PERIOD /.test(sql))
  if (isNewer) draft.find('lost', kind, name, PERIODS_SINCE)
  return !isNewer
}

/** The column without a default that calls a function which only newer servers have. */
export function withKnownDefault(table: Table, column: Column, { version }: TargetFacts, draft: Draft): Column {
  const { default: given, ...plain } = column
  const [called] = /^uuidv[47](?=\()/.exec(given?.expression.native ?? '') ?? []
  if (called === undefined || version >= UUID_FUNCTIONS) return column
  const message = `is left out: PostgreSQL has ${called}() from 18 on; gen_random_uuid() gives other ones`
  draft.find('lost', 'default', `${sourceName(table)}.${column.name}`, message)
  return plain
}
