import { isPlainLane, type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExtensionRows } from './extension-rows.ts'

/** What `pg_extension_config_dump` does in the script of an extension. */
const CONFIGURED = `create table t (a integer, b text);
  update pg_extension set extconfig = array['public.t'::regclass::oid], extcondition = array['where a > 1'] where extname = 'plpgsql'`

describe.skipIf(isPlainLane())('rows in the configuration of an extension', () => {
  let server: PostgresServer
  let client: pg.Client
  beforeAll(async () => {
    server = await startPostgres()
    const { host, port, user, password } = server
    client = new pg.Client({ host, port, user, password, database: await server.createDatabase() })
    await client.connect()
    await client.query(CONFIGURED)
  }, 60_000)
  afterAll(async () => {
    await client?.end()
    await server?.[Symbol.asyncDispose]()
  })

  it('are a statement, but for those that the extension brings', async () => {
    expect(await readExtensionRows(client)).toEqual({ objects: [], leftBehind: [] })
    await client.query(`insert into t values (1, 'its own'), (2, 'it''s')`)
    const { objects, leftBehind } = await readExtensionRows(client)
    expect(objects.map(({ object }) => object)).toEqual([
      {
        kind: 'rows of extension table',
        name: '"public"."t"',
        statements: [
          `insert into "public"."t" overriding system value select * from json_populate_recordset(null::"public"."t", '[{"a":2,"b":"it''s"}]') on conflict do nothing`,
        ],
        stage: 'after modules',
      },
    ])
    expect(leftBehind).toEqual([])
  })

  it.each([
    ['rows', `insert into t select i, 'x' from generate_series(2, 10002) as i`],
    ['bytes', `insert into t select 2, string_agg(md5(i::text), '') from generate_series(1, 100000) as i`],
  ])('are left behind where they are too many %s', async (_, insert) => {
    await client.query('truncate t')
    await client.query(insert)
    const { objects, leftBehind } = await readExtensionRows(client)
    expect(objects).toEqual([])
    expect(leftBehind).toEqual([
      {
        kind: 'rows of extension table',
        name: '"public"."t"',
        reason: 'they are too many to be its configuration; copy them by themselves',
      },
    ])
  })
})
