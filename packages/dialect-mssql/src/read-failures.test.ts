import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import type { Range, Source, Table } from '@albackup/core'
import { type Answer, colMetadata, delayed, done, row, types, values } from '@albackup/testkit/tds-replay'
import { afterEach, describe, expect, it } from 'vitest'
import { mssql } from './dialect.ts'
import { column } from './testing/read-response.ts'
import { contextFor, failure, type Line, startScriptedServer } from './testing/scripted-server.ts'

const INT = { kind: 'integer', bits: 32, signed: true } as const
const table: Table = {
  schema: 'dbo',
  name: 'T',
  columns: [column('id', INT, false)],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}
const WIRE = [{ name: 'id', type: types.intN(4) }]
const ROW = row(WIRE, [values.int(1)])

const SNAPSHOT_ALLOWED: Line = { when: /snapshot_isolation_state/, answer: [{ state: 1, memoryOptimizedTables: 0 }] }
const rowsLine = (answer: () => Answer): Line => ({ when: /^select \[id\]/, answer })

/** After a row, as a server breaks off. */
function afterOneRow(number: number, severity: number): Answer {
  const broken = failure({ number, message: 'What happened.', class: severity }) as Buffer
  return Buffer.concat([colMetadata(WIRE), ROW, broken])
}

async function read(source: Source, range: Range | null = null): Promise<void> {
  for await (const _ of source.readRows(table, range));
}

/** What reading the table ends with. */
async function failureOf(lines: readonly Line[], options = {}, range: Range | null = null): Promise<unknown> {
  await using server = await startScriptedServer(lines)
  const connection = { ...server.connection, options: { ...server.connection.options, ...options } }
  await using source = await mssql.openSource!(connection, contextFor())
  return await read(source, range).catch((reason: unknown) => reason)
}

const FAILURES: readonly (readonly [what: string, number: number, severity: number, hint: RegExp])[] = [
  ['a table dropped in mid-dump', 208, 16, /dropped while the database was dumped/],
  ['a column dropped in mid-dump', 207, 16, /changed or dropped/],
  ['a table altered in mid-dump', 3961, 16, /changed by DDL/],
  ['a lock that somebody keeps', 1222, 16, /lockTimeout/],
  ['an update conflict', 3960, 16, /quieter/],
  ['a version store without room', 3958, 16, /tempdb/],
  ['a version that is no longer there', 3967, 17, /tempdb/],
  ['a full tempdb', 1105, 17, /disk/],
  ['no memory', 701, 17, /memory/],
  ['a login without SELECT', 229, 14, /Grant the login SELECT/],
  ['a login without a user', 916, 14, /Create a user/],
  ['a session that was ended', 596, 21, /Someone ended the session/],
  ['a damaged page', 824, 24, /DBCC CHECKDB/],
  ['a database taken offline', 942, 14, /not online/],
  ['a database in recovery', 922, 14, /recovered/],
  ['a shutdown', 6005, 10, /shut down/],
  ['a session that used too much', 40551, 16, /used too much/],
  ['any other severe error', 3624, 20, /severity 20: look into its error log/],
]

describe('reading fails with the table, the number and a hint after', () => {
  it.each(FAILURES)('%s: %i', async (_, number, severity, hint) => {
    expect(await failureOf([rowsLine(() => afterOneRow(number, severity))])).toMatchObject({
      code: 'ALB_SOURCE',
      message: `cannot read table [dbo].[T]: What happened (error ${number})`,
      hint: expect.stringMatching(hint),
      retryable: false,
    })
  })

  it('an answer that does not come in time', async () => {
    const lines = [rowsLine(() => delayed(60_000, done()))]
    expect(await failureOf(lines, { requestTimeout: 300 })).toMatchObject({
      code: 'ALB_SOURCE',
      message: expect.stringMatching(/^cannot read table \[dbo\]\.\[T\]: Timeout/),
      hint: expect.stringMatching(/requestTimeout/),
    })
  })
})

describe('a condition that the server does not understand is named', () => {
  it.each([
    ['Amount >> 5', 102],
    ['Amout > 5', 207],
    ["convert(int, 'five') = 5", 245],
    ['Amount', 4145],
  ])('%s: %i', async (predicate, number) => {
    const lines = [rowsLine(() => failure({ number, message: 'What happened.' }))]
    expect(await failureOf(lines, {}, { predicate })).toMatchObject({
      code: 'ALB_SOURCE',
      message: `cannot read table [dbo].[T] where ${predicate}: What happened (error ${number})`,
      hint: expect.stringMatching(/condition/),
    })
  })
})

describe('the victim of a deadlock', () => {
  it.each([1205, 40501])('may be read again where no transaction has to hold: %i', async (number) => {
    expect(await failureOf([rowsLine(() => afterOneRow(number, 13))])).toMatchObject({ retryable: true })
  })

  it('is not read again in a snapshot, nor is any other table, because its transaction is gone', async () => {
    let attempt = 0
    const lines = [
      SNAPSHOT_ALLOWED,
      { when: /@@trancount/, answer: [{ depth: 0 }] },
      rowsLine(() => (attempt++ === 0 ? afterOneRow(1205, 13) : Buffer.concat([colMetadata(WIRE), done({ rows: 0 })]))),
    ]
    await using server = await startScriptedServer(lines)
    await using source = await mssql.openSource!(server.connection, contextFor())
    await expect(read(source)).rejects.toMatchObject({ message: expect.stringContaining('1205'), retryable: false })
    await expect(read(source)).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: 'cannot read table [dbo].[T]: the transaction that held the snapshot was lost',
    })
  })

  it('does not end a snapshot whose transaction is still there after another failure', async () => {
    let attempt = 0
    const lines = [
      SNAPSHOT_ALLOWED,
      { when: /@@trancount/, answer: [{ depth: 1 }] },
      rowsLine(() => (attempt++ === 0 ? afterOneRow(208, 16) : Buffer.concat([colMetadata(WIRE), done({ rows: 0 })]))),
    ]
    await using server = await startScriptedServer(lines)
    await using source = await mssql.openSource!(server.connection, contextFor())
    await expect(read(source)).rejects.toThrow('208')
    await read(source)
  })
})

describe('connecting', () => {
  const sockets: Socket[] = []
  let silent: Server | undefined

  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    silent?.close()
  })

  /** Takes connections and says nothing. */
  async function startSilentServer(): Promise<number> {
    silent = createServer((socket) => sockets.push(socket))
    await new Promise<void>((resolve) => silent!.listen(0, '127.0.0.1', resolve))
    return (silent.address() as AddressInfo).port
  }

  it('ends at once when the job is stopped', async () => {
    const job = new AbortController()
    const port = await startSilentServer()
    const connection = mssql.parseConnection({ host: '127.0.0.1', port, user: 'u', password: 'p', database: 'd' })
    setTimeout(() => job.abort(), 200)
    const begun = performance.now()
    await expect(mssql.openSource!(connection, contextFor(job.signal))).rejects.toMatchObject({
      code: 'ALB_INTERRUPTED',
    })
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('fails when the time for it is over', async () => {
    const port = await startSilentServer()
    const settings = {
      host: '127.0.0.1',
      port,
      user: 'u',
      password: 'p',
      database: 'd',
      options: { connectTimeout: 300 },
    }
    await expect(mssql.openSource!(mssql.parseConnection(settings), contextFor())).rejects.toMatchObject({
      code: 'ALB_CONNECTION',
      hint: expect.stringMatching(/firewall/),
    })
  })
})
