import { Connection, type ConnectionConfiguration, Request, type Connection as TediousConnection, TYPES } from 'tedious'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, cutAfter, delayed, dropAfter, paced } from './answer.ts'
import type { ReplayOptions } from './playback.ts'
import { type ReplayServer, startReplayServer } from './replay-server.ts'
import { colMetadata, done, error, nbcRow, row, type WireColumn } from './tokens.ts'
import { types } from './types.ts'
import { values } from './values.ts'

const open: { connection?: TediousConnection; server?: ReplayServer; errors: string[] } = { errors: [] }

afterEach(async () => {
  open.connection?.close()
  await open.server?.[Symbol.asyncDispose]()
})

async function connect(options: ReplayOptions, settings: Partial<ConnectionConfiguration['options']> = {}) {
  open.server = await startReplayServer(options)
  const connection = new Connection({
    server: open.server.host,
    authentication: { type: 'default', options: { userName: 'ada', password: 'pärt §1' } },
    options: { port: open.server.port, encrypt: false, database: 'shop', ...settings },
  })
  open.connection = connection
  open.errors = []
  connection.on('errorMessage', (message) => open.errors.push(message.message))
  // Each test looks at what its request reports; tedious reports a lost connection a second time here.
  connection.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    connection.connect((failure) => (failure ? reject(failure) : resolve()))
  })
  return { connection, server: open.server }
}

function batch(connection: TediousConnection, sql: string): Promise<unknown[][]> {
  return run((request) => connection.execSqlBatch(request), sql)
}

function run(start: (request: Request) => void, sql: string): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new Request(sql, (failure) => (failure ? reject(failure) : resolve(rows)))
    request.on('row', (columns: { value: unknown }[]) => rows.push(columns.map((column) => column.value)))
    start(request)
  })
}

const COLUMNS: readonly WireColumn[] = [
  { name: 'id', type: types.int, flags: 0 },
  { name: 'name', type: types.nVarChar(100) },
]

function rowsAnswer(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, i) => row(COLUMNS, [values.int(i), values.utf16(`row ${i} ✓`)]))
  return Buffer.concat([colMetadata(COLUMNS), ...rows, done({ rows: count })])
}

function scripted(answer: Answer): ReplayOptions {
  return { script: (request) => (request.sql === 'select' ? answer : undefined) }
}

describe('a replay server', () => {
  it('tells who logged in, with what, and at which packet size', async () => {
    const { server } = await connect({}, { packetSize: 16384, appName: 'albackup' })
    expect(server.connections).toEqual([
      { number: 1, user: 'ada', database: 'shop', applicationName: 'albackup', packetSize: 16384 },
    ])
  })

  it('checks the password when it is told one', async () => {
    await connect({ login: { user: 'ada', password: 'pärt §1' } })
    await open.server?.[Symbol.asyncDispose]()
    await expect(connect({ login: { user: 'ada', password: 'other' } })).rejects.toThrow("Login failed for user 'ada'.")
  })

  it('refuses a database that it does not have', async () => {
    await expect(connect({ databases: ['pubs'] })).rejects.toThrow("Login failed for user 'ada'.")
    expect(open.errors[0]).toBe('Cannot open database "shop" requested by the login. The login failed.')
  })

  it.each([512, 4096, 32767])('splits an answer into packets of %i bytes', async (packetSize) => {
    const { connection } = await connect(scripted(rowsAnswer(5000)), { packetSize })
    const rows = await batch(connection, 'select')
    expect(rows).toEqual(Array.from({ length: 5000 }, (_, i) => [i, `row ${i} ✓`]))
  })

  it('plays an answer in pieces, cut anywhere', async () => {
    const answer = rowsAnswer(20)
    const pieces = Array.from({ length: answer.length }, (_, i) => answer.subarray(i, i + 1))
    const { connection } = await connect(scripted(pieces))
    expect(await batch(connection, 'select')).toHaveLength(20)
  })

  it('waits for a client that does not read', async () => {
    let sent = 0
    async function* endless() {
      yield colMetadata(COLUMNS)
      const many = Buffer.concat(
        Array.from({ length: 1000 }, () => row(COLUMNS, [values.int(1), values.utf16('x'.repeat(100))])),
      )
      for (let i = 0; i < 2000; i++) {
        sent += many.length
        yield many
      }
      yield done()
    }
    const { connection } = await connect(scripted(endless()))
    let paused = false
    const finished = new Promise<unknown>((resolve) => {
      const request = new Request('select', resolve)
      request.on('row', () => {
        if (paused) return
        paused = true
        request.pause()
        setTimeout(() => request.cancel(), 300)
      })
      connection.execSqlBatch(request)
    })
    expect(await finished).toMatchObject({ code: 'ECANCEL' })
    expect(sent).toBeLessThan(30_000_000)
  })

  it('answers the next request after one was cancelled', async () => {
    const { connection } = await connect({
      script: ({ sql }) => ({ slow: delayed(60_000, done()), select: rowsAnswer(1) })[sql],
    })
    const cancelled = run((request) => {
      connection.execSqlBatch(request)
      setTimeout(() => request.cancel(), 50)
    }, 'slow')
    await expect(cancelled).rejects.toMatchObject({ code: 'ECANCEL' })
    expect(await batch(connection, 'select')).toEqual([[0, 'row 0 ✓']])
  })

  it('drops the connection in the middle of a row', async () => {
    const { connection } = await connect(scripted(dropAfter(5000, rowsAnswer(1000))))
    await expect(batch(connection, 'select')).rejects.toThrow(/Connection lost|socket hang up/)
  })

  it('ends a message in the middle of a token', async () => {
    const { server } = await connect(scripted(cutAfter(30, rowsAnswer(1))))
    expect(server.misses).toEqual([])
  })

  it('plays an error after rows', async () => {
    const failure = error({ number: 8134, message: 'Divide by zero error encountered.' })
    const { connection } = await connect(scripted([colMetadata(COLUMNS), failure, done({ status: 2 })]))
    await expect(batch(connection, 'select')).rejects.toMatchObject({ number: 8134 })
  })

  it('paces an answer', async () => {
    const { connection } = await connect(scripted(paced(20, [rowsAnswer(1).subarray(0, 9), rowsAnswer(1).subarray(9)])))
    expect(await batch(connection, 'select')).toHaveLength(1)
  })

  it('shows the statement and the parameters of sp_executesql', async () => {
    const { connection, server } = await connect({ script: ({ kind }) => (kind === 'rpc' ? rowsAnswer(1) : undefined) })
    const ask = (value: string) =>
      run((request) => {
        request.addParameter('p', TYPES.NVarChar, value)
        connection.execSql(request)
      }, 'select @p')
    await ask('one')
    await ask('two')
    await ask('one')
    const rpc = server.requests.filter((request) => request.kind === 'rpc')
    expect(rpc.map((request) => request.sql)).toEqual(Array(3).fill('sp_executesql: select @p'))
    expect(rpc[0]?.key).toBe(rpc[2]?.key)
    expect(rpc[0]?.key).not.toBe(rpc[1]?.key)
  })

  it('begins, commits and rolls back transactions without a recording', async () => {
    const { connection } = await connect({})
    const step = (take: (callback: (failure?: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => take((failure) => (failure ? reject(failure) : resolve())))
    await step((callback) => connection.beginTransaction(callback))
    await step((callback) => connection.commitTransaction(callback))
    await step((callback) => connection.beginTransaction(callback))
    await step((callback) => connection.rollbackTransaction(callback))
  })

  it('says which statement it has no answer for, and keeps it', async () => {
    const { connection, server } = await connect({})
    await expect(batch(connection, 'select 1 from nowhere')).rejects.toThrow(
      'the sql batch "select 1 from nowhere" is not in the script of the replay server; record again with "npm run record"',
    )
    expect(() => server.assertNoMisses()).toThrow('select 1 from nowhere')
  })

  it('plays rows with a bitmap of their NULLs', async () => {
    const { connection } = await connect(
      scripted([colMetadata(COLUMNS), nbcRow(COLUMNS, [values.int(7), null]), done({ rows: 1 })]),
    )
    expect(await batch(connection, 'select')).toEqual([[7, null]])
  })
})
