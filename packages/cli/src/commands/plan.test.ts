import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../testing/run-albackup.ts'

const OFFLINE = ['--target', 'postgres', '--offline']

describe('albackup plan', () => {
  let place: Workplace
  let backup: string

  const run = (...args: readonly string[]) => place.run(['plan', backup, ...args])

  beforeAll(async () => {
    place = await openWorkplace()
    const dumped = await place.run(['dump', '--source', 'memory://u@h/shop', '--json'])
    backup = JSON.parse(dumped.stdout).backup
  })

  it('plans for a database that it connects to, and changes nothing there', async () => {
    const { status, stdout } = await run('--target', 'memory://u@h/taken')
    expect(status).toBe(0)
    expect(stdout).toContain('  into memory://u@h/taken\n')
    expect(stdout).toMatch(/a restore drops or overwrites: .*makers/)
  })

  it('plans without any server, and reads the rows', async () => {
    const { status, stdout } = await run(...OFFLINE)
    expect(status).toBe(0)
    expect(stdout).toMatch(/into an empty PostgreSQL database\n {2}5 tables, .* 24 rows; each was looked at\n/)
    expect(stdout).toMatch(/lost +column sample\.every type\.time 7: \d values have a seventh digit, which is cut off/)
  })

  it('reads no row when told not to', async () => {
    const { stdout, stderr } = await run(...OFFLINE, '--no-data')
    expect(stdout).toContain('24 rows; none was looked at')
    expect(stderr).not.toContain('inspect rows')
  })

  it('gives the whole plan as one object', async () => {
    const { status, stdout } = await run(...OFFLINE, '--json', '--include', 'sample.makers')
    expect(status).toBe(0)
    const report = JSON.parse(stdout)
    expect(Object.keys(report)).toEqual([
      'backup',
      'target',
      'tables',
      'findings',
      'expressions',
      'statements',
      'existing',
      'byHand',
      'rows',
      'rowsRead',
      'seconds',
    ])
    expect(report.tables).toEqual([
      {
        source: 'sample.makers',
        target: 'sample.makers',
        rows: 3,
        bytes: expect.any(Number),
        columns: expect.arrayContaining([expect.objectContaining({ source: 'id', type: 'integer', key: true })]),
        references: [{ name: 'makers owner', columns: ['owner'], references: 'sample.makers' }],
      },
    ])
  })

  it('writes a script, a page and the texts where it is told to', async () => {
    const { status } = await run(
      ...OFFLINE,
      '--sql',
      'out/plan.sql',
      '--html',
      'out/plan.html',
      '--objects',
      'out/objects',
    )
    expect(status).toBe(0)
    expect(await readFile(join(place.folder, 'out/plan.sql'), 'utf8')).toContain('create table "sample"."makers"')
    expect(await readFile(join(place.folder, 'out/plan.html'), 'utf8')).toContain('<svg class="diagram"')
    expect(await readdir(join(place.folder, 'out'))).toEqual(expect.arrayContaining(['plan.html', 'plan.sql']))
  })

  it('writes a script that makes the database', async () => {
    await using server = await startPostgres()
    const { host, port, user, password } = server
    const client = new pg.Client({
      host,
      port,
      user,
      password,
      database: await server.createDatabase(),
    } as pg.ClientConfig)
    await client.connect()
    await client.query((await run(...OFFLINE, '--sql', '-')).stdout)
    const { rows } = await client.query(
      `select (select count(*)::int from pg_tables where schemaname in ('sample', 'other schema')) as tables,
         (select count(*)::int from pg_constraint where contype = 'f') as references`,
    )
    await client.end()
    const { tables } = JSON.parse((await run(...OFFLINE, '--json')).stdout)
    const references = tables.flatMap((table: { references: readonly object[] }) => table.references)
    expect(rows).toEqual([{ tables: tables.length, references: references.length }])
  })

  it('writes nothing but the script to stdout with --sql -', async () => {
    const { stdout } = await run(...OFFLINE, '--sql', '-')
    expect(stdout.startsWith('-- albackup plan of ')).toBe(true)
  })

  it.each([
    ['blocks', 0],
    ['loss', 3],
    ['changes', 3],
  ])('with --fail-on %s ends with status %i', async (severity, expected) => {
    const { status, stdout, stderr } = await run(...OFFLINE, '--fail-on', severity, '--json')
    expect(status).toBe(expected)
    if (expected !== 0) {
      expect(stderr).toContain(`--fail-on ${severity} finds: `)
      expect(JSON.parse(stdout).findings.length).toBeGreaterThan(0)
    }
  })

  it.each([
    [['--target', 'memory', '--offline'], 'dialect memory plans with a connection only'],
    [[], 'cannot plan: there is no albackup.json here, and no --target'],
    [['--target', 'oracle'], 'cannot find target oracle: it is no dialect, and there is no albackup.json here'],
    [['--json', '--sql', '-', ...OFFLINE], 'cannot write both --json and --sql - to stdout'],
    [['--fail-on', 'everything', ...OFFLINE], 'expected --fail-on=everything to be one of'],
    [['--include', 'nothing.*', ...OFFLINE], 'matches none of the 5 tables'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr, stdout } = await run(...args)
    expect(status).toBe(2)
    expect(stderr + stdout).toContain(message)
  })

  it('says where a page cannot be written', async () => {
    const { status, stderr } = await run(...OFFLINE, '--html', '/dev/null/plan.html')
    expect(status).toBe(13)
    expect(stderr).toContain('cannot write report /dev/null/plan.html')
  })

  it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
    const { status, stderr } = await run(...OFFLINE, '--html', '/proc/none/plan.html')
    expect([status, stderr]).toEqual([13, expect.stringContaining('cannot make folder /proc/none')])
  })

  it('plans also for a target that must not be restored into', async () => {
    const target = { dialect: 'memory', db_server: 'h', db_name: 'taken', db_user: 'u', allow_restore: false }
    await place.write('forbidden.json', { db_server: 'h', db_name: 'x', targets: { stage: target } })
    expect((await run('--cfg', 'forbidden.json', '--target', 'stage')).status).toBe(0)
  })
})
