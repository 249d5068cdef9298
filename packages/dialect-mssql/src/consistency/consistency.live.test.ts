import {
  type Cell,
  decodeRows,
  type Json,
  type Reader,
  type SchemaModel,
  SourceError,
  type Table,
} from '@albackup/core'
import { liveMssql, type MssqlDatabase, MssqlSession } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MssqlConnection } from '../connection-settings.ts'
import { mssql } from '../dialect.ts'
import { contextFor } from '../testing/scripted-server.ts'
import { TableLocks } from './table-locks.ts'

const server = liveMssql()
const ACCOUNTS = 50
const TOTAL = 2 * ACCOUNTS * 1000

const SCRIPT = ['savings', 'checking']
  .map(
    (name) => `create table ${name}(id int not null primary key, amount int not null, filler char(2000) not null)
go
insert into ${name} select n, 1000, 'x' from (select top (${ACCOUNTS}) cast(row_number() over (order by object_id) as int) as n from sys.all_columns) s`,
  )
  .join('\ngo\n')

/** Moves amounts from one table to the other, each time in one transaction, until it is stopped. */
async function startWriter(database: MssqlDatabase) {
  const session = await MssqlSession.open(database.connection)
  const job = new AbortController()
  let moved = 0
  const writing = (async () => {
    for (; !job.signal.aborted; moved++) {
      const id = (moved % ACCOUNTS) + 1
      await session.query(`begin transaction
update savings set amount = amount - 7 where id = ${id}
update checking set amount = amount + 7 where id = ${ACCOUNTS + 1 - id}
commit transaction`)
    }
  })()
  return {
    moved: () => moved,
    async [Symbol.asyncDispose]() {
      job.abort()
      await writing
      await session[Symbol.asyncDispose]()
    },
  }
}

async function sumOf(reader: Reader, table: Table): Promise<number> {
  let sum = 0
  for await (const [, amount] of decodeRows(table, reader.readRows(table, null))) sum += Number(amount as Cell)
  return sum
}

describe.skipIf(server === undefined)('while a writer moves amounts between two live tables', () => {
  let database: MssqlDatabase
  let writer: Awaited<ReturnType<typeof startWriter>>
  let model: SchemaModel
  const connection = () => mssql.parseConnection(database.connection)

  beforeAll(async () => {
    database = await server!.createDatabase('h4_moving')
    await database.run(SCRIPT)
    // Look-alikes that keep row versions anyway refuse the statement.
    await database.run('alter database current set allow_snapshot_isolation on').catch(() => {})
    await using source = await mssql.openSource!(connection(), contextFor())
    model = await source.reflect()
    writer = await startWriter(database)
  }, 60_000)

  afterAll(async () => {
    await writer?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
  })

  /** The sum of both tables, the second one read when the writer has been busy for a while. */
  async function readSlowly(source: Reader): Promise<number> {
    const [one, other] = model.tables
    const first = await sumOf(source, one!)
    const before = writer.moved()
    while (writer.moved() < before + 20) await new Promise((resolve) => setTimeout(resolve, 10))
    return first + (await sumOf(source, other!))
  }

  it('the sum is constant in a snapshot', async () => {
    for (let round = 0; round < 3; round++) {
      await using source = await mssql.openSource!(connection(), contextFor(), { consistency: 'snapshot' })
      expect(await readSlowly(source)).toBe(TOTAL)
      expect(source.consistency.level).toBe('snapshot')
    }
  })

  it('the sum is constant by default where the database allows snapshots', async () => {
    await using source = await mssql.openSource!(connection(), contextFor())
    expect(source.consistency.level).toBe('snapshot')
    expect(await readSlowly(source)).toBe(TOTAL)
  })

  it('the sum is constant with one reader for each table, or one connection reads both and says so', async () => {
    await using source = await mssql.openSource!(connection(), contextFor(), { consistency: 'snapshot' })
    const readers: Reader[] = []
    const shared = await source.share!(model.tables, async (ticket: Json) => {
      for (const _ of model.tables) readers.push(await mssql.openReader!(connection(), ticket, contextFor()))
    })
    expect({ shared, readers: readers.length }).toEqual({ shared, readers: shared ? 2 : 0 })
    const sums = await Promise.all(model.tables.map((table, i) => sumOf(readers[i] ?? source, table)))
    expect(sums[0]! + sums[1]!).toBe(TOTAL)
    expect(source.consistency.verdict).toMatch(shared ? /every connection/ : /One connection read everything/)
    for (const reader of readers) await reader[Symbol.asyncDispose]()
  })

  it('the sum is constant for a reader that joins, while the locks are held and afterwards', async () => {
    const touch = `[dbo].[${model.tables[0]!.name}]`
    const locks = await TableLocks.take(connection() as MssqlConnection, model.tables, contextFor())
    await using reader = await mssql.openReader!(
      connection(),
      { level: 'snapshot', touch, mark: '00112233445566778899aabbccddeeff' },
      contextFor(),
    )
    await locks[Symbol.asyncDispose]()
    expect(await readSlowly(reader)).toBe(TOTAL)
  })

  it('reading without consistency is called what it is', async () => {
    await using source = await mssql.openSource!(connection(), contextFor(), { consistency: 'none' })
    await readSlowly(source)
    expect(source.consistency.level).toBe('none')
    expect(source.consistency.verdict).toMatch(/may be in one table and not in another/)
  })

  it('a database snapshot is read and dropped, or the server says why there is none', async () => {
    const databases = 'select count(*) from sys.databases'
    const [before] = await database.query(databases)
    try {
      await using source = await mssql.openSource!(connection(), contextFor(), { consistency: 'database-snapshot' })
      expect(await readSlowly(source)).toBe(TOTAL)
      expect(source.consistency.level).toBe('database-snapshot')
    } catch (failure) {
      expect(failure).toBeInstanceOf(SourceError)
      expect(failure).toMatchObject({
        message: expect.stringMatching(/^cannot make a database snapshot of \[h4_moving/),
        hint: expect.stringMatching(/--consistency snapshot/),
      })
    }
    expect((await database.query(databases))[0]).toEqual(before)
  })
})
