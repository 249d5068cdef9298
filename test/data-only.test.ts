import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BackupContent, dump, openBackup, type RestoreResult, restore } from '@albackup/core'
import { postgres } from '@albackup/dialect-postgres'
import { MemoryServer, memoryDialect, sampleColumn, sampleModel, sampleTable } from '@albackup/testkit'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DUMP, RESTORE } from './job-choices.ts'

const PARENTS = `create table parents (id integer primary key); insert into parents values (1), (2)`

/** Rows of the table children that break what is said of it, as they come from a source that did not look, or looked otherwise. */
const FAULTS: readonly (readonly [string, string, message: string, finding: string | null])[] = [
  [
    'a foreign key that was not checked',
    `create table children (id integer primary key, parent integer); insert into children values (7, 1), (8, 9);
     alter table children add constraint c_parent foreign key (parent) references parents not valid`,
    'cannot load table "public"."children": insert or update on table "children" violates foreign key constraint "c_parent"; Key (parent)=(9) is not present in table "parents".',
    'info foreign key public.children.c_parent: the source had not checked its rows: --data-only ends at those that break it',
  ],
  [
    'a check that was not checked',
    `create table children (id integer primary key, v integer, parent integer references parents); insert into children values (7, 1), (8, -9);
     alter table children add constraint positive check (v > 0) not valid`,
    'cannot load table "public"."children": new row for relation "children" violates check constraint "positive"; Failing row contains (8, -9, null).; COPY children, line 2',
    'info check public.children.positive: the source had not checked its rows: --data-only ends at those that break it',
  ],
  [
    'a foreign key that was switched off',
    `create table children (id integer primary key, parent integer constraint c_parent references parents);
     alter table children disable trigger all; insert into children values (7, 1), (8, 9); alter table children enable trigger all`,
    'cannot load table "public"."children": insert or update on table "children" violates foreign key constraint "c_parent"; Key (parent)=(9) is not present in table "parents".',
    null,
  ],
]

describe('rows for a schema that is there', () => {
  let server: PostgresServer
  let folder: string
  beforeAll(async () => {
    server = await startPostgres()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'albackup-data-only-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
    await server?.[Symbol.asyncDispose]()
  })

  async function settings() {
    const { host, port, user, password } = server
    return { host, port, user, password, database: await server.createDatabase() }
  }

  async function query<Row extends object>(database: pg.ClientConfig, sql: string): Promise<readonly Row[]> {
    const client = new pg.Client(database)
    await client.connect()
    try {
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end()
    }
  }

  it('say nothing of views and the like, which are not made with them', async () => {
    const memory = new MemoryServer()
    const table = sampleTable('s', 't', [sampleColumn('id', { kind: 'integer', bits: 32, signed: true })])
    const modules = [{ kind: 'view', schema: 's', name: 'v', definition: 'create view s.v as …' }] as const
    await memory.createDatabase('shop', { ...sampleModel([table]), modules }, new Map([['s.t', [[1]]]]))
    const context = { signal: new AbortController().signal, debug() {}, warn() {} }
    const job = { context, onEvent: () => {} }
    const dialect = memoryDialect(memory)
    await using source = await dialect.openSource!(dialect.parseConnection({ database: 'shop' }), context)
    const from = { source, dialect: 'memory', host: 'h', database: 'd' }
    const backup = await openBackup((await dump({ ...DUMP, ...job, ...from, backupDir: folder })).backup)
    await using target = await postgres.openTarget!(postgres.parseConnection(await settings()), context)
    const kinds = async (content: BackupContent) => {
      const { findings } = await restore({ ...RESTORE, ...job, backup, target, content })
      return findings.map(({ kind }) => kind)
    }
    expect([await kinds('schema'), await kinds('data')]).toEqual([['view'], []])
  })

  it.each(FAULTS)('end at one that breaks %s, which is named with the key', async (_, script, message, finding) => {
    const [origin, copy] = [await settings(), await settings()]
    await query(origin, `${PARENTS}; ${script}`)
    const warnings: string[] = []
    const context = {
      signal: new AbortController().signal,
      debug() {},
      warn: (text: string) => warnings.push(text),
    }
    const job = { context, onEvent: () => {} }
    await using source = await postgres.openSource!(postgres.parseConnection(origin), context)
    const from = { source, dialect: 'postgres', host: 'h', database: 'd' }
    const backup = await openBackup((await dump({ ...DUMP, ...job, ...from, backupDir: folder })).backup)
    await using target = await postgres.openTarget!(postgres.parseConnection(copy), context)
    const restored = (content: BackupContent): Promise<RestoreResult> =>
      restore({ ...RESTORE, ...job, backup, target, content, prove: content === 'schema' })
    const { findings, violations, missing, unattainable } = await restored('schema')
    expect({ violations, missing, unattainable }).toEqual({ violations: null, missing: [], unattainable: [] })
    expect(findings.map((one) => `${one.severity} ${one.kind} ${one.object}: ${one.message}`)).toEqual(
      finding === null ? [] : [finding],
    )
    const loading = restored('data')
    await expect(loading).rejects.toThrow(message)
    await expect(loading).rejects.toMatchObject({ hint: expect.stringContaining('without --data-only') })
    expect(warnings).toEqual(["one table has its rows, and all others none; to load these: --exclude 'public.parents'"])
    const counts = 'select (select count(*) from parents) as parents, (select count(*) from children) as children'
    expect(await query(copy, counts)).toEqual([{ parents: '2', children: '0' }])
  })
})
