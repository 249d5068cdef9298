import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBuilt } from './run-built.ts'

const live = liveMssql()

const TABLES = `create table sizes (id int identity(10, 5) primary key, name nvarchar(20) not null unique, version rowversion)
create table things (
  id bigint not null primary key, size int null references sizes (id), price money not null default 0,
  weight decimal(38, 10) null check (weight > 0), made datetimeoffset(7) null, note nvarchar(max) null)
go
create index things_by_price on things (price desc) include (note)
insert into sizes (name) values (N'klein'), (N'groß'), (N'特大')
insert into things values
  (1, 10, 922337203685477.5807, 9999999999999999999999999999.9999999999, '2026-04-27 15:33:00.1234567 +05:30', N'a😀'),
  (-9223372036854775808, null, -0.0001, null, null, N'')
go
create view dear_things as select id, price from things where price > 10`

describe.skipIf(live === undefined)('albackup test-all and compare on a live SQL Server', () => {
  let folder: string
  let database: MssqlDatabase
  let scratch: MssqlDatabase

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'albackup-test-all-'))
    database = await live!.createDatabase('tested')
    scratch = await live!.createDatabase('tested_scratch')
    await database.run(TABLES)
  })

  afterAll(async () => {
    await scratch?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function albackup(...args: readonly string[]) {
    const env = { ...process.env, ALBACKUP_PASSWORD: live!.connection.password }
    const { status, stdout } = await runBuilt(folder, args, env)
    return { status, report: JSON.parse(stdout) }
  }

  function entry({ connection }: MssqlDatabase, facts: object) {
    const { host, port, user, database: name, options } = connection
    return { db_server: host, db_port: port, db_user: user, db_password: null, db_name: name, options, ...facts }
  }

  it('proves that a database comes back as it was', async () => {
    const file = {
      restore: entry(scratch, { name: 'restore-test', allow_restore: true }),
      databases: [entry(database, { name: 'tested' })],
    }
    await writeFile(join(folder, 'test.json'), JSON.stringify(file))
    const { status, report } = await albackup('test-all', '--show-rows', '5', '--json')
    const [tested] = report.databases
    expect([tested.verdict, tested.reason, status]).toEqual(['passed', null, 0])
    expect(tested.roundTrip.comparison).toMatchObject({
      equal: true,
      differences: [],
      tables: [
        { table: 'dbo.sizes', verdict: 'equal', leftOut: [{ column: 'version' }] },
        { table: 'dbo.things', verdict: 'equal', leftOut: [] },
      ],
    })
    expect(await readdir(join(folder, 'diffs'))).toContain('diff-tested.html')
    expect(await readFile(join(folder, 'diffs', 'index.html'), 'utf8')).toContain('1 passed')
  })

  it('names what was changed since', async () => {
    const [backup] = await readdir(join(folder, 'backup'))
    await scratch.run(`update things set weight = 0.0000000001, price = price - 0.0001 where id = 1
delete things where id < 0
drop index things_by_price on things
alter table things add more int null`)
    const url = new URL(scratch.url)
    url.password = ''
    const { status, report } = await albackup('compare', backup!, url.href, '--show-rows', '5', '--json')
    expect([status, report.differences.map(({ sentence }: { sentence: string }) => sentence)]).toEqual([
      3,
      ['table dbo.things: index things_by_price is only in A', 'table dbo.things: column more is only in B'],
    ])
    const [, things] = report.tables
    expect([things.sentence, things.leftOut]).toEqual([
      'table dbo.things: 2 rows in A and 1 in B',
      [{ column: 'more', reason: 'A does not store it' }],
    ])
    expect(things.differentRows.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
      'row id -9223372036854775808 is only in A',
      'row id 1: price is 922337203685477.5807 in A and 922337203685477.5806 in B, weight is 9999999999999999999999999999.9999999999 in A and 0.0000000001 in B',
    ])
  })
})
