import { liveMssql, type MssqlDatabase, MssqlSession } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, postgresRows } from './both-servers.ts'
import { nameOf, planViews } from './planned-views.ts'
import { ASCII_VIEWS, VIEWS } from './view-pairs.ts'
import { asMultiset, fillMssqlTables, fillPostgresTables } from './view-rows.ts'

const plan = planViews()
const translated = [...VIEWS, ...ASCII_VIEWS].map(([definition]) => definition)

let server: PostgresServer
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  const { host, port, user, password } = server
  client = await connect({ host, port, user, password, database: await server.createDatabase() })
  for (const { sql } of plan.statements.tables) await client.query(sql)
  await fillPostgresTables(client)
})
afterAll(async () => {
  await client.end()
  await server[Symbol.asyncDispose]()
})

describe('a translated view', () => {
  it('is one of at least forty', () => {
    expect(translated.length).toBeGreaterThan(40)
  })

  it.each(plan.statements.objects)('is taken by PostgreSQL, which can read it: $object', async ({ sql, object }) => {
    await client.query(sql)
    await client.query(`select * from ${quoted(object)}`)
  })
})

/** Rows that are equal to none, nor to none unequal: a NULL is among the values. */
const WITHOUT_ROWS = 'dbo.V_NotInNull'

const live = liveMssql()

describe.skipIf(live === undefined)('a view and its translation', () => {
  let database: MssqlDatabase
  let session: MssqlSession
  beforeAll(async () => {
    database = await live!.createDatabase('views')
    session = await MssqlSession.open(database.connection)
    await fillMssqlTables(session)
  })
  afterAll(async () => {
    await session[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  it.each(translated)('show the same rows: %s', async (definition) => {
    await session.query(definition)
    const [schema, name] = nameOf(definition).split('.')
    const there = await session.query(`select * from [${schema}].[${name}]`)
    const companions = await companionsOf(nameOf(definition))
    const here = await postgresRows(client, `select * from ${quoted(nameOf(definition))}`)
    const kept = here.map((row) => row.filter((_, place) => !companions.has(place)))
    const fold = /distinct|group by|union(?! all)/.test(definition)
    expect(asMultiset(kept, fold)).toEqual(asMultiset(there, fold))
    expect(there.length === 0).toBe(nameOf(definition) === WITHOUT_ROWS)
  })

  /** The places of the columns that hold offsets. */
  async function companionsOf(view: string): Promise<ReadonlySet<number>> {
    const { fields } = await client.query(`select * from ${quoted(view)} limit 0`)
    return new Set(fields.flatMap(({ name }, place) => (name.endsWith('__offset') ? [place] : [])))
  }
})

function quoted(fullName: string): string {
  return fullName.replace(/^(.*?)\.(.*)$/, '"$1"."$2"')
}
