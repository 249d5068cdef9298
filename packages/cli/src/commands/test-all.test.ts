import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Run, type Workplace } from '../testing/run-albackup.ts'

const SERVER = { dialect: 'memory', db_server: 'h', db_port: 1433, db_user: 'u', db_password: null }
const SCRATCH = { ...SERVER, name: 'restore-test', db_name: 'scratch', allow_restore: true }

function database(name: string, facts: object = {}) {
  return { ...SERVER, name, db_name: 'shop', ...facts }
}

describe('albackup test-all', () => {
  let place: Workplace

  beforeAll(async () => {
    place = await openWorkplace()
  })

  async function test(file: object, ...args: readonly string[]): Promise<Run> {
    await place.write('test.json', file)
    const result = await place.run(['test-all', ...args], { env: { ALBACKUP_PASSWORD: 'geheim' } })
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/geheim/)
    return result
  }

  const read = (name: string) => readFile(join(place.folder, name), 'utf8')

  it('dumps, restores and compares each database, and says that all passed', async () => {
    const { status, stdout, stderr } = await test({
      restore: SCRATCH,
      databases: [database('src1'), database('src2', { skip: true, comment: 'PASSED 2016-04-21' })],
    })
    expect(stdout.split('\n')).toEqual([
      'tested 2 databases of test.json',
      expect.stringMatching(/^ {2}src1 {2}passed {3}5 tables {2}24 rows {2}\d\.\d s$/),
      expect.stringMatching(/^ {2}src2 {2}skipped .* PASSED 2016-04-21$/),
      expect.stringMatching(/^ {2}1 passed, 1 skipped, \d\.\d s$/),
      '  reports: diffs',
      '',
    ])
    expect([status, stderr]).toEqual([0, expect.stringContaining('testing src1, 1 of 1')])
    expect((await readdir(join(place.folder, 'diffs'))).sort()).toEqual([
      'diff-src1.html',
      'diff-src1.json',
      'diff-src2.html',
      'diff-src2.json',
      'index.html',
      'summary.json',
    ])
    expect(await readdir(join(place.folder, 'backup'))).toEqual([expect.stringMatching(/^shop@h--/)])
    expect(JSON.parse(await read('diffs/diff-src1.json'))).toMatchObject({
      name: 'src1',
      verdict: 'passed',
      source: 'memory://u@h/shop',
      scratch: 'memory://u@h/scratch',
      roundTrip: { tables: 5, rows: 24, violations: [], comparison: { equal: true, differences: [] } },
    })
  })

  it('goes on after a database that differs or fails, and ends with the status of the first failure', async () => {
    const { status, stdout } = await test(
      {
        restore: SCRATCH,
        databases: [
          database('down', { db_name: 'down' }),
          database('bug', { db_name: 'bug' }),
          database('faulty', { restore_name: 'scratch with a fault' }),
          database('orphans', { db_name: 'orphans' }),
          database('unchecked', { db_name: 'orphans', enable_ri_check: false }),
        ],
      },
      '--json',
      '--report-dir',
      'reports/all',
    )
    const report = JSON.parse(stdout)
    expect(report.databases.map((one: { verdict: string; reason: string }) => [one.verdict, one.reason])).toEqual([
      ['failed', 'cannot connect to h: it is not reachable'],
      ['failed', 'the dialect has a bug'],
      ['different', 'the rows of 1 table differ; 1 foreign key is broken'],
      ['different', '2 foreign keys are broken'],
      ['passed', null],
    ])
    expect([status, report.passed, report.different, report.failed, report.error]).toEqual([
      10,
      1,
      2,
      2,
      { code: 'ALB_CONNECTION', message: 'down: cannot connect to h: it is not reachable' },
    ])
    expect(JSON.parse(await read('reports/all/summary.json'))).toEqual({ ...report, error: undefined })
    const page = await read('reports/all/diff-faulty.html')
    expect(page).toContain('the rows of 1 table differ')
    expect(page).toContain('the server gives each row a new value whenever it is written')
    const links = [...(await read('reports/all/index.html')).matchAll(/href="([^"]*)"/g)].map(([, link]) => link)
    const files = await readdir(join(place.folder, 'reports', 'all'))
    expect(links.map((link) => files.includes(decodeURIComponent(link!)))).toEqual([true, true, true, true, true])
  })

  it('ends with 3 when something differs and nothing failed', async () => {
    const databases = [database('a/../<b>', { restore_name: 'scratch with a fault' })]
    const { status, stderr } = await test({ restore: SCRATCH, databases }, '--report-dir', 'named')
    expect([status, stderr]).toEqual([3, expect.stringContaining('1 database differs')])
    expect(await readdir(join(place.folder, 'named'))).toContain('diff-a%2F..%2F%3Cb%3E.html')
    expect(await read('named/index.html')).toContain('href="diff-a%252F..%252F%253Cb%253E.html">a/../&lt;b&gt;</a>')
  })

  it.each<readonly [string, object, number, string]>([
    [
      'without allow_restore',
      { restore: { ...SCRATCH, allow_restore: false }, databases: [] },
      16,
      'does not say restore.allow_restore: true',
    ],
    [
      'whose scratch database is a source, even a skipped one',
      {
        restore: SCRATCH,
        databases: [database('a'), database('b', { db_name: 'Scratch', db_server: 'H', skip: true })],
      },
      16,
      'cannot test: the scratch database memory://u@h/scratch is that of b',
    ],
    ['without restore', { databases: [] }, 2, 'restore must be an object with the scratch database'],
    ['without databases', { restore: SCRATCH }, 2, 'databases must be a list of databases'],
    ['without a name', { restore: SCRATCH, databases: [SERVER] }, 2, 'databases[0].name must be a text'],
    [
      'with a value of the wrong type',
      { restore: SCRATCH, databases: [database('a', { skip: 'yes' })] },
      2,
      'databases[0].skip must be true or false',
    ],
    [
      'with one name twice',
      { restore: SCRATCH, databases: [database('a'), database('A')] },
      2,
      'two databases are named A',
    ],
    [
      'without a database',
      { restore: SCRATCH, databases: [{ ...SERVER, name: 'a' }] },
      2,
      'databases[0].db_name is missing',
    ],
    [
      'with a setting that the dialect does not take',
      { restore: SCRATCH, databases: [database('a', { dialect: 'mssql', db_user: undefined })] },
      2,
      'cannot test a of test.json: cannot use the connection settings: user is missing',
    ],
    [
      'with a password in the clear',
      { restore: SCRATCH, databases: [database('a', { db_password: 'secret' })] },
      2,
      'cannot decrypt databases[0].db_password of test.json: it is not encrypted',
    ],
  ])('refuses a file %s', async (_, file, status, message) => {
    await place.write('refused.json', file)
    const result = await place.run(['test-all', '--cfg', 'refused.json'])
    expect([result.status, result.stderr]).toEqual([
      status,
      expect.stringContaining(message.replace('test.json', 'refused.json')),
    ])
  })

  it('stops at an interruption, and keeps the reports of what was tested before', async () => {
    const databases = [database('done'), database('endless', { db_name: 'hang' }), database('never')]
    await place.write('endless.json', { restore: SCRATCH, databases })
    const args = ['test-all', '--cfg', 'endless.json', '--report-dir', 'stopped']
    const { status } = await place.run(args, { interrupts: [{ after: 'testing endless', signal: 'SIGTERM' }] })
    expect([status, (await readdir(join(place.folder, 'stopped'))).sort()]).toEqual([
      130,
      ['diff-done.html', 'diff-done.json'],
    ])
  })

  it('has its passwords encrypted by chg-password, each by its name', async () => {
    await place.write('sealed.json', { restore: SCRATCH, databases: [database('a'), database('b', { skip: true })] })
    for (const name of ['restore-test', 'a', 'b']) {
      const args = ['chg-password', '--cfg', 'sealed.json', '--target', name]
      expect((await place.run(args, { stdin: 'geheim\ngeheim\n' })).status).toBe(0)
    }
    const { restore, databases } = JSON.parse(await read('sealed.json'))
    for (const { db_password } of [restore, ...databases]) expect(db_password).toMatch(/^(?!.*geheim).{20}/)
    expect((await place.run(['test-all', '--cfg', 'sealed.json'])).status).toBe(0)
    const { status, stderr } = await place.run(['chg-password', '--cfg', 'sealed.json'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('Name one with --target: restore-test, a, b.')])
  })

  it('warns of keys that mean nothing, and takes a comment anywhere', async () => {
    const { stderr } = await test({
      restore: { ...SCRATCH, comment: 'x' },
      databases: [database('a', { skipp: true })],
    })
    expect(stderr).toContain('test.json: key databases[0].skipp is not known and ignored; did you mean skip?')
  })
})
