import type { ConnectionSettings, MissingRight } from '@albackup/core'
import { isPlainLane } from '@albackup/testkit/postgres-server'
import { describe, expect, it } from 'vitest'
import { postgres } from './index.ts'
import { usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()
const context = { signal: new AbortController().signal, warn() {}, debug() {} }

async function rightsOf(settings: ConnectionSettings): Promise<readonly MissingRight[]> {
  await using source = await postgres.openSource!(postgres.parseConnection(settings), context)
  return (await source.missingRights?.()) ?? []
}

// What is given and taken is an administrator's.
describe.skipIf(isPlainLane())('the rights of a login for a dump', () => {
  const TABLES = `create schema "A shop"; create table "A shop".orders (id int generated always as identity); create table "A shop"."no one's" ();
    create sequence "A shop".numbers; create table audit (); alter table audit enable row level security`

  it('nothing is missing for the owner', async () => {
    await using owner = await openTarget()
    await owner.rows(TABLES)
    expect(await rightsOf(owner.connection)).toEqual([])
  })

  it('names schemas, tables, sequences and hidden rows, and the statements give all of it', async () => {
    await using owner = await openTarget()
    await owner.rows(`${TABLES}; create role reader login password 'p'; grant select on audit to reader`)
    const settings = { ...owner.connection, user: 'reader', password: 'p' }
    const rights = await rightsOf(settings)
    expect(rights.map(({ severity, right, grant }) => [severity, right, grant])).toEqual([
      ['needed', 'USAGE on schema "A shop"', 'grant usage on schema "A shop" to "reader"'],
      [
        'needed',
        'SELECT on 2 of 2 tables in schema "A shop"',
        'grant select on all tables in schema "A shop" to "reader"',
      ],
      [
        'advised',
        'SELECT on 2 sequences in schema "A shop"',
        'grant select on all sequences in schema "A shop" to "reader"',
      ],
      ['needed', 'BYPASSRLS, for public.audit', 'alter role "reader" bypassrls'],
    ])
    for (const { grant } of rights) await owner.rows(grant)
    expect(await rightsOf(settings)).toEqual([])
  })

  it('names single tables where others can be read', async () => {
    await using owner = await openTarget()
    await owner.rows(
      `create table a (); create table "B" (); create role half login password 'p'; grant select on a to half`,
    )
    expect(await rightsOf({ ...owner.connection, user: 'half', password: 'p' })).toMatchObject([
      { right: 'SELECT on 1 of 2 tables in schema "public"', grant: 'grant select on public."B" to "half"' },
    ])
  })
})
