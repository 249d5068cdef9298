import type { Context, Source } from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from './index.ts'

const server = liveMssql()

const LOGIN = `h2_login_${process.pid}`
const PASSWORD = 'No-rights-1'

describe.skipIf(server === undefined)('a login with few rights', () => {
  let database: MssqlDatabase
  const warnings: string[] = []

  beforeAll(async () => {
    database = await server!.createDatabase('h2_rights')
    await database.run(`
create table seen(id int not null primary key)
go
create table unseen(id int not null primary key)
go
create login [${LOGIN}] with password = '${PASSWORD}'
go
create user [${LOGIN}] for login [${LOGIN}]`)
  }, 120_000)

  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
    await using master = await server!.createDatabase('h2_drop')
    await master.run(`drop login [${LOGIN}]`)
  }, 120_000)

  function open(): Promise<Source> {
    const context: Context = {
      signal: new AbortController().signal,
      warn: (message) => warnings.push(message),
      debug: () => {},
    }
    const connection = { ...database.connection, user: LOGIN, password: PASSWORD }
    return mssql.openSource!(mssql.parseConnection(connection), context, { consistency: 'none' })
  }

  it('is told what it lacks, with the statement that gives it', async () => {
    await using source = await open()
    const missing = await source.missingRights!()
    expect(missing.filter(({ severity }) => severity === 'needed').map(({ grant }) => grant)).toEqual([
      `alter role [db_datareader] add member [${LOGIN}]`,
    ])
  })

  it('has another catalog than the owner has, and what it may read', async () => {
    await using owner = await mssql.openSource!(
      mssql.parseConnection(database.connection),
      { signal: new AbortController().signal, warn: () => {}, debug: () => {} },
      { consistency: 'none' },
    )
    await using source = await open()
    const before = await source.catalogVersion!()
    expect(before).not.toBe(await owner.catalogVersion!())
    await database.run(`grant select on seen to [${LOGIN}]`)
    expect(await source.catalogVersion!()).not.toBe(before)
    const { tables } = await source.reflect()
    expect(tables.map(({ name }) => name)).toContain('seen')
  }, 60_000)
})
