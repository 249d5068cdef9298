import {
  type ConsistencyLevel,
  decodeRows,
  type Range,
  type SchemaModel,
  type Source,
  type Table,
} from '@albackup/core'
import { liveMssql, type MssqlDatabase, MssqlSession } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from './dialect.ts'
import { contextFor } from './testing/scripted-server.ts'

const server = liveMssql()

const SCRIPT = `
create table kept(id int not null primary key, note varchar(20) null)
go
insert into kept values (1, 'one'), (2, 'two')
go
create table dropped(id int not null primary key)
go
insert into dropped values (1)`

describe.skipIf(server === undefined)('a live source says what went wrong', () => {
  let database: MssqlDatabase
  let model: SchemaModel

  beforeAll(async () => {
    database = await server!.createDatabase('h4_fail')
    await database.run(SCRIPT)
    await using source = await open()
    model = await source.reflect()
  }, 60_000)

  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
  })

  async function open(options = {}, more = {}, consistency: ConsistencyLevel = 'none'): Promise<Source> {
    const { connection } = database
    const settings = { ...connection, ...more, options: { ...connection.options, ...options } }
    return mssql.openSource!(mssql.parseConnection(settings), contextFor(), { consistency })
  }

  const tableOf = (name: string) => model.tables.find((table) => table.name === name)!

  async function read(source: Source, table: Table, range: Range | null = null): Promise<number> {
    let rows = 0
    for await (const _ of decodeRows(table, source.readRows(table, range))) rows++
    return rows
  }

  it('when a table is dropped in mid-dump, and goes on with the others', async () => {
    await using source = await open()
    await database.run('drop table dropped')
    await expect(read(source, tableOf('dropped'))).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: expect.stringMatching(/^cannot read table \[dbo\]\.\[dropped\]: /),
      retryable: false,
    })
    expect(await read(source, tableOf('kept'))).toBe(2)
  })

  it('when a condition names a column that is not there', async () => {
    await using source = await open()
    const kept = tableOf('kept')
    const predicate = 'no_such_column = 1'
    const failure = expect.objectContaining({
      code: 'ALB_SOURCE',
      message: expect.stringMatching(/^cannot read table \[dbo\]\.\[kept\].*no_such_column/),
    })
    await expect(read(source, kept, { predicate })).rejects.toEqual(failure)
    await expect(source.split(kept, 1, { predicate })).rejects.toEqual(failure)
    expect(await read(source, kept)).toBe(2)
  })

  it('when somebody keeps a table locked', async () => {
    await using source = await open({ lockTimeout: 500 })
    const kept = tableOf('kept')
    await using writer = await MssqlSession.open(database.connection)
    await writer.query('begin transaction\nalter table kept add more int null')
    try {
      await expect(read(source, kept)).rejects.toMatchObject({
        code: 'ALB_SOURCE',
        message: expect.stringMatching(/^cannot read table \[dbo\]\.\[kept\]: .*(1222|lock)/),
      })
    } finally {
      await writer.query('rollback transaction')
    }
    expect(await read(source, kept)).toBe(2)
  })

  it.each([
    ['snapshot', /^cannot read table \[dbo\]\.\[kept\]: the connection that held the snapshot was lost$/],
    // Another connection serves as well.
    ['none', undefined],
  ] as const)('when its session is ended by somebody else, at level %s', async (level, message) => {
    await using source = await open({}, {}, level)
    // Of this database only: others may be at work on the server.
    const sessions = await database.query(
      `select session_id from sys.dm_exec_sessions where database_id = db_id('${database.name}') and program_name = 'albackup'`,
    )
    expect(sessions).toHaveLength(1)
    await using administrator = await MssqlSession.open(server!.connection)
    await administrator.query(`kill ${sessions[0]![0]}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const reading = read(source, tableOf('kept'))
    if (message === undefined) expect(await reading).toBe(2)
    else await expect(reading).rejects.toMatchObject({ code: 'ALB_SOURCE', message: expect.stringMatching(message) })
  })

  it('when the login does not exist', async () => {
    await expect(open({}, { user: 'h4_nobody', password: 'Wr0ng!pass' })).rejects.toMatchObject({
      code: 'ALB_CONNECTION',
      exitStatus: 10,
      hint: expect.stringMatching(/user name/),
    })
  })

  it('when the login may not read', async () => {
    await using administrator = await MssqlSession.open(server!.connection)
    const login = `h4_guest_${process.pid}`
    await administrator.query(`create login ${login} with password = 'Gu3st!pass'`)
    try {
      await database.run(`create user ${login} for login ${login}`)
      const kept = tableOf('kept')
      await using source = await open({}, { user: login, password: 'Gu3st!pass' })
      await expect(read(source, kept)).rejects.toMatchObject({
        code: 'ALB_SOURCE',
        message: expect.stringMatching(/^cannot read table \[dbo\]\.\[kept\]: .*denied/i),
      })
    } finally {
      await database.run(`drop user ${login}`)
      await administrator.query(`drop login ${login}`)
    }
  })
})
