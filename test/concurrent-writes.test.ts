import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeRows, openBackup, readTableFile } from '@albackup/core'
import { liveMssql, MssqlSession } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { resultOf, runBuilt } from './run-built.ts'

const ACCOUNTS = 200
const START = 1000
const TOTAL = 2 * ACCOUNTS * START

/** Moves amounts from an account of one table to one of the other, as fast as it can, until it is stopped. */
class Writer {
  moves = 0
  private stopped = false
  private readonly work: Promise<void>

  constructor(move: (amount: number, from: number, to: number) => Promise<unknown>) {
    this.work = this.run(move)
  }

  private async run(move: (amount: number, from: number, to: number) => Promise<unknown>): Promise<void> {
    while (!this.stopped) {
      await move((this.moves % 7) + 1, this.moves % ACCOUNTS, (this.moves * 31) % ACCOUNTS)
      this.moves++
    }
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.work
  }
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'albackup-writes-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Dumped {
  readonly backup: string
  readonly consistency: { readonly level: string; readonly verdict: string }
}

async function dump(url: string): Promise<Dumped> {
  const args = ['dump', '--source', url, '--backup-dir', folder, '--jobs', '4', '--consistency', 'snapshot', '--json']
  return resultOf(await runBuilt(folder, args))
}

/** Of all amounts in a backup, and how many there are. */
async function sumOf(path: string): Promise<{ readonly sum: number; readonly rows: number }> {
  const { storage, metadata } = await openBackup(path)
  let [sum, rows] = [0, 0]
  for (const { name, table } of metadata.files) {
    await using file = await storage.open(name)
    const model = metadata.model.tables.find((one) => one.name === table)!
    for await (const [, amount] of decodeRows(model, readTableFile(file!, name))) {
      sum += Number(amount)
      rows++
    }
  }
  return { sum, rows }
}

/** Three dumps while amounts move the whole time. */
async function expectConstantSum(url: string, writer: Writer): Promise<readonly Dumped[]> {
  const dumped: Dumped[] = []
  try {
    for (let n = 0; n < 3; n++) {
      const before = writer.moves
      dumped.push(await dump(url))
      expect(writer.moves - before).toBeGreaterThan(0)
    }
  } finally {
    await writer.stop()
  }
  for (const { backup, consistency } of dumped) {
    expect(consistency.level).toBe('snapshot')
    expect(await sumOf(backup)).toEqual({ sum: TOTAL, rows: 2 * ACCOUNTS })
  }
  return dumped
}

describe('a dump in four jobs while amounts move between two tables of PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('has the sum of one moment, read by several connections', async () => {
    const { host, port, user, password } = server
    const database = await server.createDatabase()
    const client = new pg.Client({ host, port, user, password, database })
    await client.connect()
    try {
      for (const table of ['one', 'other']) {
        await client.query(`create table ${table} (id integer primary key, amount integer not null)`)
        await client.query(`insert into ${table} select n, ${START} from generate_series(0, ${ACCOUNTS - 1}) n`)
      }
      const writer = new Writer((amount, from, to) =>
        client.query(`begin;
          update one set amount = amount - ${amount} where id = ${from};
          update other set amount = amount + ${amount} where id = ${to};
          commit`),
      )
      const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
      const dumped = await expectConstantSum(url, writer)
      for (const { consistency } of dumped) expect(consistency.verdict).toContain('every connection')
    } finally {
      await client.end()
    }
  })
})

const live = liveMssql()

describe.skipIf(live === undefined)('a dump in four jobs while amounts move between two tables of SQL Server', () => {
  it('has the sum of one moment', async () => {
    await using database = await live!.createDatabase('concurrent_writes')
    for (const table of ['one', 'other']) {
      const rows = Array.from({ length: ACCOUNTS }, (_, n) => `(${n}, ${START})`)
      await database.run(`create table ${table} (id int not null primary key, amount int not null)
insert into ${table} values ${rows.join(', ')}`)
    }
    await using session = await MssqlSession.open(database.connection)
    const writer = new Writer((amount, from, to) =>
      session.query(`begin transaction
update one set amount = amount - ${amount} where id = ${from}
update other set amount = amount + ${amount} where id = ${to}
commit`),
    )
    await expectConstantSum(database.url, writer)
  })
})
