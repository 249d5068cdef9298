import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import { done, error, type ReplayServer, readRecording, startReplayServer } from '@albackup/testkit/tds-replay'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, runBuilt } from './run-built.ts'

const PASSWORD = 'correct horse 9 battery'

/** In a folder without a configuration. */
function albackup(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runBuilt(folder, args, { ...process.env, NO_COLOR: '1', ALBACKUP_PASSWORD: PASSWORD, ...environment })
}

let folder: string
let source: ReplayServer
let target: PostgresServer
let backup: string

const sourceUrl = (changes: { port?: number; user?: string; database?: string; host?: string } = {}) =>
  `mssql://${changes.user ?? 'reader'}@${changes.host ?? source.host}:${changes.port ?? source.port}/${changes.database ?? 'shop'}?encrypt=false`
const targetUrl = (changes: { port?: number; user?: string; database?: string } = {}) =>
  `postgres://${changes.user ?? target.user}@${target.host}:${changes.port ?? target.port}/${changes.database ?? 'postgres'}`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'albackup-status-'))
  source = await startReplayServer({
    recording: readRecording(join(import.meta.dirname, 'recordings/shop')),
    login: { user: 'reader', password: PASSWORD },
    databases: ['shop'],
  })
  target = await startPostgres()
  const dumped = await albackup(['dump', '--source', sourceUrl(), '--backup-dir', 'backups', '--json'])
  expect(dumped).toMatchObject({ status: 0 })
  backup = JSON.parse(dumped.stdout).backup
})

afterAll(async () => {
  await source?.[Symbol.asyncDispose]()
  await target?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

interface Failure {
  readonly name: string
  readonly args: () => readonly string[] | Promise<readonly string[]>
  readonly environment?: () => Record<string, string>
  readonly status: number
  readonly says: RegExp
}

const failures: readonly Failure[] = [
  { name: 'an unknown flag', args: () => ['dump', '--nonsense'], status: 2, says: /--nonsense/ },
  { name: 'no configuration', args: () => ['dump'], status: 2, says: /configuration/ },
  { name: 'a configuration that is not there', args: () => ['dump', '--cfg', 'no.json'], status: 2, says: /no\.json/ },
  {
    name: 'a malformed configuration',
    args: async () => {
      await writeFile(join(folder, 'bad.json'), '{\n  "db_user": "x",\n  "db_port" 1433\n}')
      return ['dump', '--cfg', 'bad.json']
    },
    status: 2,
    says: /bad\.json.*3|3.*bad\.json/s,
  },
  {
    name: 'an unknown dialect',
    args: () => ['dump', '--source', 'oracle://u@h/d'],
    status: 2,
    says: /oracle/,
  },
  {
    name: 'a wrong host',
    args: () => ['dump', '--source', sourceUrl({ host: 'no-such-host.invalid' })],
    status: 10,
    says: /no-such-host\.invalid/,
  },
  {
    name: 'a wrong port',
    args: () => ['dump', '--source', sourceUrl({ port: 9 })],
    status: 10,
    says: /:9\b|port 9|refused/,
  },
  {
    name: 'a wrong password of the source',
    args: () => ['dump', '--source', sourceUrl()],
    environment: () => ({ ALBACKUP_PASSWORD: 'wrong' }),
    status: 10,
    says: /login|password/i,
  },
  {
    name: 'a wrong database of the source',
    args: () => ['dump', '--source', sourceUrl({ database: 'nowhere' })],
    status: 10,
    says: /nowhere/,
  },
  {
    name: 'a pattern that matches nothing',
    args: () => ['dump', '--source', sourceUrl(), '--include', 'no.such'],
    status: 2,
    says: /no\.such/,
  },
  {
    name: 'a backup folder that is a file',
    args: async () => {
      await writeFile(join(folder, 'file'), '')
      return ['dump', '--source', sourceUrl(), '--backup-dir', 'file']
    },
    status: 13,
    says: /file/,
  },
  { name: 'a backup that is not there', args: () => ['verify', 'backups/none'], status: 14, says: /none/ },
  {
    name: 'an unfinished backup',
    args: async () => {
      const copy = await copyBackup('unfinished')
      await rm(join(copy, '_metadata.json'))
      return ['verify', copy]
    },
    status: 14,
    says: /_metadata\.json/,
  },
  {
    name: 'a damaged backup',
    args: async () => {
      const copy = await copyBackup('damaged')
      await truncate(join(copy, 'sales.orders.avro'), 100)
      return ['restore', copy, '--target', targetUrl({ database: 'postgres' })]
    },
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: target.password }),
    status: 15,
    says: /sales\.orders\.avro has 100 of \d+ bytes/,
  },
  {
    name: 'an unknown target',
    args: async () => {
      const configuration = { db_server: 'db', db_port: 1433, db_user: 'u', db_name: 'd', targets: { standby: {} } }
      await writeFile(join(folder, 'targets.json'), JSON.stringify(configuration))
      return ['restore', backup, '--cfg', 'targets.json', '--target', 'nowhere']
    },
    status: 2,
    says: /nowhere.*standby/s,
  },
  {
    name: 'a wrong password of the target',
    args: () => ['restore', backup, '--target', targetUrl()],
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: 'wrong' }),
    status: 10,
    says: /password/,
  },
  {
    name: 'a wrong database of the target',
    args: () => ['restore', backup, '--target', targetUrl({ database: 'nowhere' })],
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: target.password }),
    status: 10,
    says: /nowhere/,
  },
  {
    name: 'a wrong port of the target',
    args: () => ['restore', backup, '--target', targetUrl({ port: 9 })],
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: target.password }),
    status: 10,
    says: /refused|:9\b/,
  },
  {
    name: 'a login of the target that may not create anything',
    args: async () => {
      await query('postgres', `create role guest login password 'guest'`)
      return ['restore', backup, '--target', targetUrl({ user: 'guest', database: await target.createDatabase() })]
    },
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: 'guest' }),
    status: 12,
    says: /permission denied/,
  },
  {
    name: 'a target that has the tables already',
    args: async () => {
      const database = await target.createDatabase()
      await query(database, 'create schema sales create table sales.orders (id int)')
      return ['restore', backup, '--target', targetUrl({ database })]
    },
    environment: () => ({ ALBACKUP_POSTGRES_PASSWORD: target.password }),
    status: 16,
    says: /sales.*orders.*allow_restore|allow_restore/s,
  },
]

describe('albackup ends with', () => {
  it.each(failures)('$status for $name, and a clear sentence', async ({ args, environment, status, says }) => {
    const ended = await albackup(await args(), environment?.())
    expect(ended).toMatchObject({ status })
    expect(ended.stderr).toMatch(says)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
    for (const secret of [PASSWORD, target.password]) expect(ended.stderr + ended.stdout).not.toContain(secret)
  })

  it('11 when a table cannot be read, with its name, and leaves no backup', async () => {
    await using server = await startReplayServer({
      recording: readRecording(join(import.meta.dirname, 'recordings/shop')),
      script: ({ sql }) =>
        /from \[sales\]\.\[orders\]/i.test(sql)
          ? Buffer.concat([
              error({ number: 229, class: 14, message: "The SELECT permission was denied on the object 'orders'" }),
              done({ status: 2 }),
            ])
          : undefined,
    })
    const url = sourceUrl({ port: server.port })
    const ended = await albackup(['dump', '--source', url, '--backup-dir', 'denied'])
    expect(ended).toMatchObject({ status: 11, stderr: expect.stringMatching(/\[sales\]\.\[orders\].*permission/is) })
    expect(await albackup(['list', '--backup-dir', 'denied', '--json'])).toMatchObject({ status: 0 })
  })
})

async function copyBackup(name: string): Promise<string> {
  const copy = join(folder, name)
  await cp(backup, copy, { recursive: true })
  return copy
}

async function query(database: string, sql: string): Promise<void> {
  const { host, port, user, password } = target
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  await client.query(sql)
  await client.end()
}
