import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BackupPlan,
  dump,
  type MappingPolicy,
  openBackup,
  type PlannedTable,
  planBackup,
  type SchemaModel,
  storedColumns,
  type Table,
  type TargetProof,
  verifyTarget,
} from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ODDITIES } from '../packages/dialect-postgres/src/testing/oddities.ts'
import { LiveJob } from './live-job.ts'
import { loadSample, SAMPLES, samplesAreThere } from './samples.ts'
import { comparable, differences, mssqlTexts, postgresTexts } from './value-text.ts'

const live = liveMssql()

/** What the live server of development does not tell (what a reseeded identity or a sequence has given out, filters), tells in words of its own (casts), or has not got (NOCHECK). */
const UNTOLD =
  /: identity \S+ is at |^sequence .* is not in the target|: check (late|above_0) is not in the target| has no filter in the target | has (default|condition) .*CAST\(.* in the target /

describe.skipIf(live === undefined)('a backup of PostgreSQL, restored into SQL Server', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.[Symbol.asyncDispose]())

  async function database(script: string): Promise<pg.Client> {
    const { host, port, user, password } = server
    const client = new pg.Client({ host, port, user, password, database: await server.createDatabase() })
    await client.connect()
    await client.query(script)
    return client
  }

  async function dumpPostgres(job: LiveJob, { database, host, port }: pg.Client): Promise<string> {
    const { user, password } = server
    const connection = postgres.parseConnection({ host, port, user, password, database: database! })
    await using source = await postgres.openSource!(connection, job.context())
    const { backup } = await dump({
      source,
      dialect: postgres.name,
      host: 'live',
      database: database!,
      backupDir: job.backupDir,
      codec: 'null',
      include: [],
      exclude: [],
      toolVersion: 'test',
      context: job.context(),
      onEvent: () => {},
    })
    return backup
  }

  it.skipIf(!samplesAreThere())(
    'chinook is there row by row and value by value, and the plan finds nothing',
    async () => {
      await using job = await LiveJob.create()
      await using target = await live!.createDatabase('back_chinook')
      const script = readFileSync(join(SAMPLES, 'chinook/Chinook_PostgreSql.sql'), 'utf8')
      const origin = await database(script.replace(/^(DROP|CREATE) DATABASE .*$|^\\c.*$/gm, ''))
      try {
        const backup = await dumpPostgres(job, origin)
        expect((await plan(backup)).findings).toEqual([])
        const restored = await job.restoreIntoMssql(backup, target)
        expect({ proven: restored.proven, violations: restored.violations, findings: restored.findings }).toEqual({
          proven: true,
          violations: [],
          findings: [],
        })
        for (const planned of restored.plan.tables) {
          const there = await target.query(mssqlTexts(targetTable(planned)))
          const { rows } = await origin.query({ text: postgresTexts(asInSource(planned)), rowMode: 'array' })
          const columns = storedColumns(planned.source)
          expect(differences(comparable(there, columns), comparable(rows, columns)), planned.name).toEqual([])
        }
        expect(sentences(await verified(job, backup, target))).toEqual([])
      } finally {
        await origin.end()
      }
    },
    180_000,
  )

  it('what PostgreSQL can do and SQL Server cannot is found beforehand, and is what the restore counts', async () => {
    await using job = await LiveJob.create()
    await using target = await live!.createDatabase('back_odd')
    const origin = await database(ODDITIES)
    try {
      const backup = await dumpPostgres(job, origin)
      const { findings } = await plan(backup)
      const restored = await job.restoreIntoMssql(backup, target)
      expect({ proven: restored.proven, violations: restored.violations }).toEqual({ proven: true, violations: [] })
      const counted = restored.tables.flatMap(({ source, losses }) =>
        losses.map(({ column, count }) => `${source}.${column} ${count === 1 ? 'a value' : `${count} values`}`),
      )
      const found = findings.filter(({ kind, message }) => kind === 'column' && / is | are | has | have /.test(message))
      const foretold = found.map(({ object, message }) => `${object} ${/^(a value|\d+ values)/.exec(message)?.[0]}`)
      expect(counted.length).toBeGreaterThan(10)
      expect(foretold.filter((one) => !one.endsWith('undefined')).toSorted()).toEqual(counted.toSorted())
      expect(sentences(await verified(job, backup, target))).toEqual([])
    } finally {
      await origin.end()
    }
  }, 180_000)

  it('keys, references and the words of types hold as they did', async () => {
    await using job = await LiveJob.create()
    await using target = await live!.createDatabase('back_keys')
    const origin = await database(`
create type mood as enum ('sad', 'ok');
create table parents (id bigserial primary key, code text not null unique, nick varchar(10) unique, m mood);
create table children (parent integer references parents, code varchar(20) references parents (code));
insert into parents (code, nick, m) values ('A', null, 'ok'), ('a', null, 'sad'), ('😀', 'x', null);
insert into children values (1, 'A'), (2, 'a'), (null, '😀');`)
    try {
      const restored = await job.restoreIntoMssql(await dumpPostgres(job, origin), target)
      expect(restored.proven).toBe(true)
      const refused = async (sql: string) => expect(target.run(sql), sql).rejects.toThrow()
      await target.run(`insert into dbo.parents (code) values (N'null again')`)
      await refused(`insert into dbo.parents (code, nick) values (N'B', N'x')`)
      await refused(`insert into dbo.parents (code) values (N'a')`)
      await refused(`insert into dbo.parents (code, m) values (N'C', N'glad')`)
      await refused(`insert into dbo.children (code) values (N'nobody')`)
    } finally {
      await origin.end()
    }
  }, 120_000)

  it.each<readonly [string, MappingPolicy, RegExp]>([
    ['a value that ends the load', {}, /infinity is out of range/],
    ['a mapping that cannot work', { columns: { 'public.t.d': 'uniqueidentifier' } }, /have no sure counterpart/],
    ['a collation that is none', { text: { collation: 'No_Such_Collation' } }, /does not know No_Such_Collation/],
  ])(
    'nothing is half there after %s',
    async (_, policy, message) => {
      await using job = await LiveJob.create()
      await using target = await live!.createDatabase('back_error')
      const origin = await database(`create table t (id serial primary key, d date not null, v text);
insert into t (d, v) select '2026-01-01', n from generate_series(1, 1000) n; insert into t (d) values ('infinity');`)
      try {
        const backup = await dumpPostgres(job, origin)
        await expect(job.restoreIntoMssql(backup, target, { policy })).rejects.toThrow(message)
        const [[tables]] = (await target.query('select count(*) from sys.tables')) as [[number]]
        expect(tables === 0 ? 0 : await countOf(target, 'dbo.t')).toBe(0)
        if (Object.keys(policy).length > 0) expect(tables).toBe(0)
      } finally {
        await origin.end()
      }
    },
    120_000,
  )

  it.skipIf(!samplesAreThere()).each(['northwind', 'pubs', 'chinook'] as const)(
    '%s of SQL Server comes back from PostgreSQL with the values it had',
    async (name) => {
      await using job = await LiveJob.create()
      await using origin = await live!.createDatabase(`there_${name}`)
      await using copy = await live!.createDatabase(`back_${name}`)
      await loadSample(name, origin)
      const there = await job.restore((await job.dump(origin)).backup, server)
      try {
        const backup = await dumpPostgres(job, there.client)
        const blocks = (await plan(backup)).findings.filter(({ severity }) => severity === 'blocks')
        expect(blocks).toEqual([])
        const { plan: back, proven, violations, tables } = await job.restoreIntoMssql(backup, copy)
        expect({ proven, violations, losses: tables.flatMap(({ losses }) => losses) }).toEqual({
          proven: true,
          violations: [],
          losses: [],
        })
        const model = there.plan.tables.map(({ source }) => source)
        expect(back.tables.length).toBe(model.length)
        for (const planned of back.tables) {
          const source = model.find((one) => one.schema === planned.source.schema && one.name === planned.source.name)!
          const columns = storedColumns(source)
          const ours = await copy.query(mssqlTexts({ ...targetTable(planned), columns }))
          const theirs = await origin.query(mssqlTexts(source))
          expect(differences(comparable(ours, columns), comparable(theirs, columns)), planned.name).toEqual([])
        }
        expect(sentences(await verified(job, backup, copy))).toEqual([])
      } finally {
        await there.client.end()
      }
    },
    240_000,
  )
})

/** With every row looked at, and no server. */
async function plan(path: string, policy: MappingPolicy = {}): Promise<BackupPlan> {
  return planBackup({
    backup: await openBackup(path),
    plan: (model: SchemaModel) => mssql.planForEmpty!(model, policy),
    inspect: (made) => mssql.inspect!(made),
    context: { signal: new AbortController().signal },
    onEvent: () => {},
  })
}

async function verified(job: LiveJob, path: string, database: MssqlDatabase): Promise<TargetProof> {
  const context = job.context()
  await using target = await mssql.openTarget!(mssql.parseConnection(database.connection), context)
  return await verifyTarget({ backup: await openBackup(path), target, policy: {}, context, onEvent: () => {} })
}

function sentences({ tables, missing }: TargetProof): readonly string[] {
  const all = [...tables.filter(({ proven }) => !proven), ...(missing ?? [])].map(({ sentence }) => sentence)
  return all.filter((sentence) => !UNTOLD.test(sentence))
}

async function countOf(database: MssqlDatabase, table: string): Promise<unknown> {
  return (await database.query(`select count(*) from ${table}`))[0]![0]
}

/** As the target has it. */
function targetTable({ source, schema, name, columns }: PlannedTable): Table {
  return { ...source, schema, name, columns: columns.map((column) => ({ ...column.source, name: column.name })) }
}

/** The plan as if the source were its target. */
function asInSource(planned: PlannedTable): PlannedTable {
  const { source } = planned
  const columns = planned.columns.map((column) => ({ ...column, name: column.source.name }))
  return { ...planned, schema: source.schema, name: source.name, columns }
}
