import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, fillMssql, fillPostgres, mssqlValues, postgresValues } from './both-servers.ts'
import { COLUMNS } from './columns.ts'
import { ASCII_CHECKS, ASCII_COMPUTED, ASCII_FILTERS, CHECKS, COMPUTED, DEFAULTS, FILTERS } from './pairs.ts'

const CONDITIONS = [...CHECKS, ...ASCII_CHECKS, ...FILTERS, ...ASCII_FILTERS]
const VALUES = [...COMPUTED, ...ASCII_COMPUTED]

let server: PostgresServer
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  const { host, port, user, password } = server
  client = await connect({ host, port, user, password, database: await server.createDatabase() })
  await fillPostgres(client)
})
afterAll(async () => {
  await client.end()
  await server[Symbol.asyncDispose]()
})

describe('a translated expression', () => {
  it.each(DEFAULTS)('is a default that PostgreSQL takes for %s: %s', async (target, _, sql) => {
    await changed(`alter table dbo."Values" add "Test" ${COLUMNS[target].postgres} default ${sql}`)
  })

  it.each([...CHECKS, ...ASCII_CHECKS])('is a check that PostgreSQL takes: %s', async (_, sql) => {
    await changed(`alter table dbo."Values" add check (${sql}) not valid`)
  })

  it.each(VALUES)('is immutable, as a computed column must be: %s', async (_, sql) => {
    const { rows } = await client.query(`select pg_typeof(${sql})::text as type from dbo."Values" limit 1`)
    await changed(`alter table dbo."Values" add "Test" ${rows[0].type} generated always as (${sql}) stored`)
  })

  it.each([...FILTERS, ...ASCII_FILTERS])('is immutable, as a filter must be: %s', async (_, sql) => {
    await changed(`create index on dbo."Values" ("Int") where ${sql}`)
  })

  async function changed(statement: string): Promise<void> {
    await client.query('begin')
    try {
      await client.query(statement)
    } finally {
      await client.query('rollback')
    }
  }
})

const live = liveMssql()

describe.skipIf(live === undefined)('an expression and its translation', () => {
  let database: MssqlDatabase
  beforeAll(async () => {
    database = await live!.createDatabase('expressions')
    await fillMssql(database)
  })
  afterAll(() => database[Symbol.asyncDispose]())

  /** Different at each call by their nature; in the tests above PostgreSQL has taken them. */
  const AMBIENT = /getdate|getutcdate|sysdatetime|sysutcdatetime|newid|newsequentialid|user_name|suser_sname|NEXT VALUE/

  const constant = DEFAULTS.filter(([, native]) => !AMBIENT.test(native))
  it.each(constant)('give the same default for %s: %s', async (target, native, sql) => {
    const { mssql, postgres } = COLUMNS[target]
    const there = await mssqlValues(database, `convert(${mssql.replace(/ collate.*/, '')}, ${native})`, true)
    expect(await postgresValues(client, `(${sql})::${postgres}`, true)).toEqual(there)
  })

  it.each(CONDITIONS)('are true, false and unknown for the same rows: %s', async (native, sql) => {
    const there = await mssqlValues(database, `case when ${native} then 1 when not ${native} then 0 end`)
    expect(await postgresValues(client, `case when ${sql} then 1 when not (${sql}) then 0 end`)).toEqual(there)
  })

  it.each(VALUES)('have the same values: %s', async (native, sql) => {
    const there = await mssqlValues(database, native)
    expect(await postgresValues(client, sql)).toEqual(there)
  })
})
