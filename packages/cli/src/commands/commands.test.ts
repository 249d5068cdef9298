import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Run, type Workplace } from '../testing/run-albackup.ts'

const SHOP = 'memory://u:geheim@h/shop'

function into(database: string): readonly string[] {
  return ['--target', `memory://u:geheim@h/${database}`]
}

/** Everything a run must be true of, whatever it did. */
function decent(run: Run): Run {
  expect(`${run.stdout}${run.stderr}`).not.toMatch(/geheim|wrong password/)
  if (run.status !== 1) expect(run.stderr).not.toMatch(/\n {4}at /)
  return run
}

describe('albackup', () => {
  let place: Workplace
  let backup: string

  async function run(...args: readonly string[]): Promise<Run> {
    return decent(await place.run(args))
  }

  async function json(...args: readonly string[]) {
    const result = await run(...args, '--json')
    expect(result.stdout.endsWith('\n')).toBe(true)
    return { ...result, json: JSON.parse(result.stdout) }
  }

  beforeAll(async () => {
    place = await openWorkplace()
    const dumped = await json('dump', '--source', SHOP)
    backup = dumped.json.backup
  })

  describe('dump', () => {
    it('writes a backup and says what is in it', async () => {
      const { status, stdout } = await run('dump', '--source', SHOP, '--backup-dir', 'said')
      expect(status).toBe(0)
      expect(stdout).toMatch(
        /^dumped memory:\/\/u@h\/shop\n {2}into .*said\/shop@h--\d{8}-\d{4}\n {2}5 tables, 24 rows, 17\.\d kB, .* rows\/s\n {2}consistency: all rows are of one moment: memory stands still\n$/,
      )
    })

    it('gives one JSON object, the rest goes to stderr', async () => {
      const { status, json: report, stderr } = await json('dump', '--source', SHOP, '--backup-dir', 'object')
      expect(status).toBe(0)
      expect(report).toEqual({
        backup: expect.stringMatching(/object\/shop@h--/),
        source: 'memory://u@h/shop',
        tables: 5,
        rows: 24,
        bytes: expect.any(Number),
        seconds: expect.any(Number),
        consistency: { level: 'snapshot', verdict: 'all rows are of one moment: memory stands still' },
        leftBehind: [],
      })
      expect(stderr).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d sample\.makers: 3 rows, 32 bytes, \d+\.\d s\n/)
      expect(stderr).toContain('dumped memory://u@h/shop')
    })

    it('takes the patterns and the codec of the configuration, and those of the flags before them', async () => {
      const own = { dialect: 'mem', db_server: 'h', db_name: 'shop', db_user: 'u' }
      await place.write('scoped.json', { ...own, include: ['sample.*'], exclude: ['sample.e*'], codec: 'null' })
      const shown = async (...args: readonly string[]) => {
        const dumped = await json('dump', '--cfg', 'scoped.json', '--backup-dir', 'scoped', ...args)
        const { json: description } = await json('show', dumped.json.backup)
        return [description.codec, description.tables.map((table: { table: string }) => table.table)]
      }
      expect(await shown()).toEqual(['null', ['sample.makers', `sample.nothing ']"\` in 😀 it`, 'sample.things']])
      expect(await shown('--include', '*.things', '--exclude', 'sample.*', '--codec', 'deflate')).toEqual([
        'deflate',
        ['other schema.things'],
      ])
    })

    it('takes flags before the command, as the original tool did', async () => {
      await place.write('original.json', { dialect: 'memory', db_server: 'h', db_port: 1433, db_name: 'shop' })
      const { status } = await run('--cfg', 'original.json', '--backup-dir', './flags-first', '-d', 'dump')
      expect(status).toBe(0)
      expect(await readdir(join(place.folder, 'flags-first'))).toEqual([expect.stringMatching(/^shop@h--/)])
    })
  })

  describe('restore', () => {
    it('restores and says how it went', async () => {
      const { status, stdout } = await run('restore', backup, ...into('empty'), '--verify')
      expect(status).toBe(0)
      expect(stdout.split('\n').slice(1)).toEqual([
        '  into memory://u@h/empty',
        expect.stringMatching(/^ {2}5 tables, 24 rows, .* s, .* rows\/s$/),
        '  findings: none',
        '  0 values altered',
        '  referential integrity: every row has its parent',
        '  proof: every row is there, bit for bit: 24 rows in 5 tables',
        '  schema: all is as the plan makes it',
        '',
      ])
    })

    it('gives one JSON object', async () => {
      const { json: report } = await json('restore', backup, ...into('empty'), '--no-ri-check')
      expect(report).toMatchObject({
        backup,
        target: 'memory://u@h/empty',
        tables: 5,
        rows: 24,
        findings: [],
        valuesAltered: 0,
        losses: [],
        violations: null,
        proven: null,
      })
      expect(report.perTable).toContainEqual({
        source: 'sample.makers',
        target: '"sample"."makers"',
        rows: 3,
        proven: null,
      })
    })

    it('finds the backup by path, by its name, and as --backup-dir itself', async () => {
      const name = basename(backup)
      await place.run(['dump', '--source', SHOP, '--backup-dir', 'several'])
      await place.run(['dump', '--source', SHOP, '--backup-dir', 'several'])
      for (const args of [[backup], [name], ['--backup-dir', `backup/${name}`], []]) {
        const { status, json: report } = await json('restore', ...args, ...into('empty'))
        expect([status, report.backup]).toEqual([0, backup])
      }
      const { status, json: report } = await json('restore', '--backup-dir', 'several', ...into('empty'))
      expect([status, report.error.code, report.error.message]).toEqual([
        2,
        'ALB_USAGE',
        'cannot choose a backup: several holds 2',
      ])
      for (const one of await readdir(join(place.folder, 'several'))) expect(report.error.hint).toContain(one)
    })

    it('drops tables only when it is allowed to, and nothing takes back a false', async () => {
      const own = { dialect: 'memory', db_server: 'h', db_name: 'taken' }
      await place.write('unsaid.json', own)
      await place.write('allowed.json', { ...own, allow_restore: true })
      await place.write('forbidden.json', { ...own, allow_restore: false })
      await place.write('forbidden-empty.json', { ...own, db_name: 'empty', allow_restore: false })
      const status = async (...args: readonly string[]) => (await run('restore', backup, ...args)).status
      expect(await status('--cfg', 'unsaid.json')).toBe(16)
      expect(await status('--cfg', 'unsaid.json', '--allow-restore')).toBe(0)
      expect(await status('--cfg', 'allowed.json')).toBe(0)
      expect(await status('--cfg', 'forbidden.json', '--allow-restore')).toBe(16)
      expect(await status('--cfg', 'forbidden-empty.json')).toBe(16)
      expect(await status(...into('taken'))).toBe(16)
      expect(await status(...into('taken'), '--allow-restore')).toBe(0)
    })

    it('ends with 3 and a whole report when rows have no parent', async () => {
      const orphans = await json('dump', '--source', 'memory://h/orphans', '--backup-dir', 'orphans')
      const { status, json: report, stderr } = await json('restore', orphans.json.backup, ...into('empty'))
      expect(status).toBe(3)
      expect(report.error).toEqual({
        code: 'ALB_DATA',
        message: 'the restore is finished, but 2 foreign keys are broken',
        hint: expect.stringContaining('No row was deleted'),
      })
      expect(report.rows).toBe(27)
      expect(report.violations.map((violation: { rows: number }) => violation.rows)).toEqual([2, 1])
      expect(stderr).toMatch(
        / {2}referential integrity: 2 foreign keys broken\n {4}.*parts thing: 2 rows without a parent/,
      )
      expect((await run('restore', orphans.json.backup, ...into('empty'), '--no-ri-check')).status).toBe(0)
    })

    it('ends with 3 when the proof differs', async () => {
      const { status, stdout, stderr } = await run('restore', backup, ...into('forgetful'), '--verify')
      expect(status).toBe(3)
      expect(stdout).toContain('  proof: the rows differ in "sample"."makers"\n')
      expect(stderr).toContain('the restore is finished, but the rows in the target differ')
    })

    it('writes its report into a file, also when it ends with 3', async () => {
      const file = join(place.folder, 'reports', 'lossy.json')
      const { status, stdout } = await run('restore', backup, ...into('lossy'), '--report', file)
      expect([status, stdout.endsWith(`report: ${file}\n`)]).toEqual([0, true])
      const { json: printed } = await json('restore', backup, ...into('lossy'))
      const written = JSON.parse(await readFile(file, 'utf8'))
      expect(written).toEqual({ ...printed, seconds: expect.any(Number) })
      expect(written).toMatchObject({
        valuesAltered: 3,
        losses: [{ table: 'sample.makers', column: 'name', count: 3 }],
      })
      expect((await run('restore', backup, ...into('forgetful'), '--verify', '--report', file)).status).toBe(3)
      expect(JSON.parse(await readFile(file, 'utf8')).proven).toBe(false)
      expect(await readdir(join(place.folder, 'reports'))).toEqual(['lossy.json'])
    })

    it('counts what could not be carried, and refuses it when asked to', async () => {
      const { status, stdout } = await run('restore', backup, ...into('lossy'))
      expect(status).toBe(0)
      expect(stdout).toMatch(/ {2}3 values altered\n {4}sample\.makers\.name: 3 values, /)
      expect((await run('restore', backup, ...into('lossy'), '--fail-on-loss')).status).toBe(3)
    })
  })

  describe('verify, show and list', () => {
    it('verify says that a backup is whole', async () => {
      const { status, stdout } = await run('verify', backup)
      expect(status).toBe(0)
      expect(stdout).toMatch(/ is whole\n {2}5 files, 24 rows, 17\.\d kB, /)
      const { json: report } = await json('verify', backup)
      expect(report).toEqual({
        backup,
        files: 5,
        rows: 24,
        bytes: expect.any(Number),
        seconds: expect.any(Number),
      })
    })

    it('verify takes no name of a backup from stdin, which may be the list of a loop', async () => {
      const { status, stdout } = decent(await place.run(['verify'], { stdin: 'another\nlist\n' }))
      expect(status).toBe(0)
      expect(stdout).toMatch(/ is whole\n {2}5 files, /)
    })

    it('verify --target proves that a database holds what the backup does', async () => {
      const { status, stdout } = await run('verify', backup, ...into('shop'))
      expect(status).toBe(0)
      expect(stdout).toMatch(/ is whole\n.*\ncompared with memory:\/\/u@h\/shop\n {2}0 values altered by the restore\n/)
      expect(stdout).toMatch(
        / {2}schema: all is as the plan makes it\n {2}proof: every row is there, bit for bit: 24 rows in 5 tables, /,
      )
    })

    it('verify --target names what differs, and ends with 3', async () => {
      const { status, stdout, stderr } = await run('verify', backup, ...into('changed'), '--show-rows', '3')
      expect(status).toBe(3)
      expect(stdout).toContain(
        '  table sample.makers: 3 rows in the backup and 2 in the target\n    row id 1 is only in the backup\n',
      )
      expect(stdout).toContain('  proof: the rows differ in "sample"."makers", ')
      expect(stderr).toContain('the target does not hold what the backup does')
      const { json: report } = await json('verify', backup, ...into('empty'))
      expect(report).toMatchObject({ error: { code: 'ALB_DATA' }, files: 5, proof: { proven: false } })
      expect(report.proof.tables[0]).toEqual({
        source: 'other schema.things',
        target: '"other schema"."things"',
        rows: expect.any(Number),
        found: null,
        proven: false,
        losses: [],
        differentRows: [],
        leftOut: [],
        sentence: 'table other schema.things: the target has no table "other schema"."things"',
      })
    })

    it('verify --target looks at the tables that are asked for only', async () => {
      expect((await run('verify', backup, ...into('changed'), '--exclude', '*.makers')).status).toBe(0)
    })

    it('show lists the tables with rows and sizes', async () => {
      const { stdout } = await run('show', backup)
      expect(stdout).toMatch(/\n {2}database {5}shop on h \(memory\)\n {2}server {7}memory, 1\.0\n/)
      expect(stdout).toMatch(/\n {2}sample\.makers +3 +\d+ bytes\n/)
      expect(stdout).toMatch(/\n {2}5 in all +24 +17\.\d kB\n$/)
      const { json: description } = await json('show', backup)
      expect(description).toMatchObject({ backup, rows: 24, source: { database: 'shop' }, leftBehind: [] })
    })

    it('list names finished backups, and the unfinished ones apart', async () => {
      await mkdir(join(place.folder, 'mixed', 'shop@h--20260427-1533'), { recursive: true })
      await place.run(['dump', '--source', SHOP, '--backup-dir', 'mixed'])
      const { status, stdout, stderr } = await run('list', '--backup-dir', 'mixed')
      expect(status).toBe(0)
      expect(stdout).toMatch(/^ {2}backup +ended +tables +rows +size\n {2}shop@h--\S+ +\S+ \S+ +5 +24 +17\.\d kB\n$/)
      expect(stderr).toContain('shop@h--20260427-1533: it has no _metadata.json')
      const { json: report } = await json('list', '--backup-dir', 'mixed')
      expect([report.backups.length, report.unusable.length]).toEqual([1, 1])
    })
  })

  describe('ends with the status of the failure', () => {
    beforeAll(async () => {
      await place.write('malformed.json', '{\n  "db_name": "x",\n}')
      await place.write('nameless.json', { db_server: 'h', dialect: 'memory' })
      await place.write('typo.json', { db_server: 'h', db_name: 'n', dialect: 'memroy' })
      await place.write('number.json', { db_server: 'h', db_name: 'n', db_port: '1433' })
      await place.write('plain.json', { db_server: 'h', db_name: 'n', dialect: 'memory', db_password: 'geheim' })
      await mkdir(join(place.folder, 'unfinished', 'shop@h--20260427-1533'), { recursive: true })
      await writeFile(join(place.folder, 'unfinished', 'shop@h--20260427-1533', 'dbo.A.avro'), 'Obj')
      await mkdir(join(place.folder, 'nothing'))
      const { json: damaged } = await json('dump', '--source', SHOP, '--backup-dir', 'damaged')
      await writeFile(join(damaged.backup, 'sample.makers.avro'), 'changed')
    })

    const connection = (database: string) => ['dump', '--source', `memory://u:geheim@h/${database}`]

    it.concurrent.each<[string, number, string, readonly string[], string]>([
      [
        'a configuration that is not there',
        2,
        'ALB_USAGE',
        ['dump', '--cfg', 'no.json'],
        'cannot read configuration no.json: there is no such file',
      ],
      ['no configuration at all', 2, 'ALB_USAGE', ['dump'], 'cannot tell what to dump: there is no albackup.json here'],
      [
        'malformed JSON',
        2,
        'ALB_USAGE',
        ['dump', '-c', 'malformed.json'],
        'cannot read configuration malformed.json: a key in double quotes is missing at line 3, column 1',
      ],
      [
        'a wrong type',
        2,
        'ALB_USAGE',
        ['dump', '-c', 'number.json'],
        'cannot use configuration number.json: db_port must be a whole number from 1 to 65535',
      ],
      [
        'a missing key',
        2,
        'ALB_USAGE',
        ['dump', '-c', 'nameless.json'],
        'cannot use configuration nameless.json: db_name is missing',
      ],
      [
        'an unknown dialect in the file',
        2,
        'ALB_USAGE',
        ['dump', '-c', 'typo.json'],
        'cannot use dialect memroy: no plugin gives it',
      ],
      [
        'an unknown dialect in a URL',
        2,
        'ALB_USAGE',
        ['dump', '--source', 'oracle://h/n'],
        'cannot use dialect oracle: no plugin gives it',
      ],
      [
        'a password that is not encrypted',
        2,
        'ALB_USAGE',
        ['dump', '-c', 'plain.json'],
        'cannot decrypt db_password of plain.json: it is not encrypted',
      ],
      [
        'a flag that does not exist',
        2,
        'ALB_USAGE',
        ['dump', '--tables', 'x'],
        'cannot run albackup dump: nonexistent flag: --tables',
      ],
      [
        'a flag without its value',
        2,
        'ALB_USAGE',
        ['dump', '--codec'],
        'cannot run albackup dump: flag --codec expects one of these values: null, deflate, snappy, zstandard',
      ],
      [
        'a value that is none of the list',
        2,
        'ALB_USAGE',
        ['dump', '--codec', 'lzma'],
        'cannot run albackup dump: expected --codec=lzma to be one of: null, deflate, snappy, zstandard',
      ],
      [
        'an argument too many',
        2,
        'ALB_USAGE',
        ['list', 'backup'],
        'cannot run albackup list: unexpected argument: backup',
      ],
      ['a command that does not exist', 2, 'ALB_USAGE', ['dumb'], 'cannot run albackup dumb: there is no such command'],
      ['a pattern that fits no table', 2, 'ALB_USAGE', [...connection('shop'), '--include', 'dbo.*'], 'dbo.*'],
      [
        'a wrong password',
        10,
        'ALB_CONNECTION',
        ['dump', '--source', 'memory://u:wrong%20password@h/shop'],
        'cannot connect to h: login failed with ***',
      ],
      ['a server that is down', 10, 'ALB_CONNECTION', connection('down'), 'cannot connect to h: it is not reachable'],
      [
        'a database that is not there',
        10,
        'ALB_CONNECTION',
        connection('nowhere'),
        'cannot connect to h: there is no database "nowhere"',
      ],
      ['a source that fails', 11, 'ALB_SOURCE', connection('failing'), 'cannot read table "sample"."things"'],
      [
        'a folder that cannot be made',
        13,
        'ALB_STORAGE',
        [...connection('shop'), '--backup-dir', 'malformed.json'],
        'cannot ',
      ],
      [
        'no such backup',
        14,
        'ALB_NO_BACKUP',
        ['verify', 'nope'],
        'cannot find backup nope: there is neither nope nor backup/nope',
      ],
      [
        'a folder without a backup',
        14,
        'ALB_NO_BACKUP',
        ['show', '--backup-dir', 'nothing'],
        'cannot find a backup: there is none in nothing',
      ],
      [
        'an unfinished backup',
        14,
        'ALB_NO_BACKUP',
        ['restore', 'unfinished/shop@h--20260427-1533', ...into('empty')],
        'it has no _metadata.json',
      ],
      ['a bug', 1, 'ALB_BUG', connection('bug'), 'the dialect has a bug'],
    ])('%s: %i', async (_, status, code, args, message) => {
      const result = await json(...args)
      expect([result.status, result.json.error.code]).toEqual([status, code])
      expect(result.json.error.message).toContain(message)
      expect(result.stderr).toContain(message)
    })

    it('an unknown target: 2', async () => {
      await place.write('targets.json', { db_server: 'h', db_name: 'n', targets: { stage: {} } })
      const { status, json: report } = await json('restore', backup, '-c', 'targets.json', '--target', 'stag')
      expect([status, report.error]).toEqual([
        2,
        {
          code: 'ALB_USAGE',
          message: 'cannot find target stag: it is no target of targets.json (it has stage) and no dialect',
          hint: expect.stringContaining('Did you mean stage?'),
        },
      ])
    })

    it('a damaged backup: 15, before the target is touched', async () => {
      for (const command of [['verify'], ['restore', ...into('taken')]]) {
        const { status, json: report } = await json(...command, '--backup-dir', 'damaged')
        expect([status, report.error.code]).toEqual([15, 'ALB_DAMAGED'])
        expect(report.error.message).toContain('sample.makers.avro')
      }
    })

    it('tells a bug with its stack and asks for a report', async () => {
      const { stderr } = await run(...connection('bug'))
      expect(stderr).toMatch(/TypeError: the dialect has a bug\n {4}at /)
      expect(stderr).toMatch(
        /This is a bug in albackup or in one of its plugins \(albackup\/\S+ \S+ node-\S+\)\. Please report it/,
      )
    })

    it('shows the causes under --debug', async () => {
      const quiet = await place.run(connection('failing'))
      const loud = await place.run([...connection('failing'), '--debug'])
      expect(quiet.stderr).not.toContain('SourceError')
      expect(loud.stderr).toMatch(/SourceError: cannot read table .*\n {4}at /)
      expect(loud.stderr).toContain('open failing as u with ***')
      expect([quiet.stdout, loud.stdout]).toEqual(['', ''])
      expect(loud.stderr).toContain('a driver talks to itself')
    })
  })

  describe('Ctrl-C', () => {
    it('stops the dump in order, leaves nothing behind and ends with 130', async () => {
      const run = await place.run(['dump', '--source', 'memory://h/hang', '--backup-dir', 'stopped', '--json'], {
        interrupts: [{ after: 'sample.makers: 3 rows', signal: 'SIGINT' }],
      })
      expect(run.status).toBe(130)
      expect(run.stderr).toContain('stopping; press Ctrl-C again to end at once')
      expect(JSON.parse(run.stdout).error).toMatchObject({
        code: 'ALB_INTERRUPTED',
        message: 'cannot finish dump: it was interrupted',
      })
      expect(await readdir(join(place.folder, 'stopped'))).toEqual([])
    })

    it('SIGTERM does the same', async () => {
      const { status } = await place.run(['dump', '--source', 'memory://h/hang', '--backup-dir', 'ended'], {
        interrupts: [{ after: 'sample.makers: 3 rows', signal: 'SIGTERM' }],
      })
      expect([status, await readdir(join(place.folder, 'ended'))]).toEqual([130, []])
    })
  })

  it('a second Ctrl-C ends the process at once', async () => {
    const begun = performance.now()
    const { status } = await place.run(['dump', '--source', 'memory://h/stubborn'], {
      interrupts: [
        { after: 'listening to nobody', signal: 'SIGINT' },
        { after: 'press Ctrl-C again', signal: 'SIGINT' },
      ],
    })
    expect(status).toBe(130)
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  describe('chg-password', () => {
    const own = { db_user: 'u', db_password: null, db_server: 'h', db_name: 'shop', dialect: 'memory' }
    const change = async (stdin: string, ...args: readonly string[]) =>
      place.run(['chg-password', '--cfg', 'secret.json', ...args], { stdin })
    const content = async () => JSON.parse(await readFile(join(place.folder, 'secret.json'), 'utf8'))

    it('encrypts a first password, then asks for it before it takes another', async () => {
      await place.write('secret.json', own)
      const first = await change('eins\neins\n')
      expect([first.status, first.stdout]).toEqual([0, ''])
      expect(first.stderr).toContain('Changing password for shop@h\n')
      expect(first.stderr).toContain('Configuration file secret.json updated with new password')
      const sealed = await content()
      expect(sealed).toEqual({ ...own, db_password: expect.stringMatching(/^albackup:v1:/) })
      expect(Object.keys(sealed)).toEqual(Object.keys(own))
      expect((await change('falsch\neins\nzwei\nzwo\nzwei\nzwei\n')).status).toBe(0)
      expect((await content()).db_password).not.toBe(sealed.db_password)
      expect((await run('dump', '--cfg', 'secret.json', '--backup-dir', 'secret')).status).toBe(0)
    })

    it.each([
      [
        'the old password wrong three times',
        'a\nb\nc\n',
        'cannot change the password: the old password was wrong three times',
      ],
      [
        'no new password in three tries',
        'zwei\n1\n2\n1\n2\n1\n2\n',
        'cannot change the password: no new password in three tries',
      ],
      ['an empty password', 'zwei\n\n\n\n\n\n\n', 'cannot change the password: no new password in three tries'],
      ['an input that ends', 'zwei\n', 'cannot change the password: the input ended'],
    ])('ends with 2 and changes nothing after %s', async (_, stdin, message) => {
      const before = await content()
      const { status, stderr } = await change(stdin)
      expect([status, await content()]).toEqual([2, before])
      expect(stderr).toContain(message)
    })

    it('ends with 2 when the key is gone, and can be run again to set the password anew', async () => {
      await rm(join(place.folder, '.config', 'key'))
      const { status, stderr } = await run('dump', '--cfg', 'secret.json')
      expect(status).toBe(2)
      expect(stderr).toContain('cannot decrypt db_password of secret.json: there is no key file')
      const again = await change('drei\ndrei\n')
      expect(again.status).toBe(0)
      expect(again.stderr).toContain('the old password is not asked for')
    })

    it('changes the password of a target', async () => {
      await place.write('secret.json', { ...own, targets: { stage: { db_server: 's', db_name: 't' } } })
      expect((await change('x\nx\n', '--target', 'stage')).status).toBe(0)
      expect(await content()).toEqual({
        ...own,
        targets: { stage: { db_server: 's', db_name: 't', db_password: expect.stringMatching(/^albackup:v1:/) } },
      })
      expect((await change('', '--target', 'nope')).status).toBe(2)
    })
  })
})

describe('albackup dialects', () => {
  it('lists them with their packages', async () => {
    const place = await openWorkplace()
    const { status, stdout } = await place.run(['dialects'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ {2}dialect +title +package +version +source +target\n/)
    expect(stdout).toMatch(/\n {2}memory +Memory +albackup-dialect-memory +1\.2\.3 +yes +yes\n/)
  })

  it('names every plugin that cannot be used, and why', async () => {
    const place = await openWorkplace([
      'dialect-memory',
      'dialect-future',
      'dialect-broken',
      'dialect-silent',
      'dialect-absent',
    ])
    const { status, stdout, stderr } = await place.run(['dialects', '--json'])
    expect(status).toBe(0)
    const { problems } = JSON.parse(stdout) as { problems: readonly { plugin: string; reason: string }[] }
    const ours = problems.filter(({ plugin }) => plugin.startsWith('albackup-dialect-'))
    expect(ours).toEqual([
      {
        plugin: 'albackup-dialect-absent',
        reason: expect.stringMatching(/^there is no such package at .*dialect-absent$/),
      },
      {
        plugin: 'albackup-dialect-broken',
        reason: expect.stringContaining("Cannot find package 'a-driver-that-is-not-installed'"),
      },
      {
        plugin: 'albackup-dialect-future',
        reason: 'it is written for contract 2, this albackup has contract 1',
      },
      { plugin: 'albackup-dialect-silent', reason: 'its hook "dialects" has no default export' },
    ])
    for (const { plugin } of ours) expect(stderr).toContain(`warning: plugin ${plugin} cannot be used`)
    const dumped = await place.run(['dump', '--source', 'future://h/n'])
    expect(dumped.status).toBe(2)
    expect(dumped.stderr).toContain('cannot use dialect future: no plugin gives it')
    expect(dumped.stderr).toContain('Plugin albackup-dialect-future cannot be used: it is written for contract 2')
  })

  it('refuses two that take the same name', async () => {
    const place = await openWorkplace(['dialect-memory', 'dialect-twin'])
    const { status, stderr } = await place.run(['dialects'])
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /cannot use dialect mem: both albackup-dialect-(memory|twin) and albackup-dialect-(memory|twin) give it/,
    )
  })
})

describe('albackup --help', () => {
  it.each([
    'dump',
    'restore',
    'plan',
    'verify',
    'show',
    'list',
    'doctor',
    'dialects',
    'chg-password',
    'compare',
    'test-all',
  ])('explains %s with examples', async (command) => {
    const place = await openWorkplace([])
    const { status, stdout } = await place.run([command, '--help'])
    expect(status).toBe(0)
    for (const part of ['USAGE', 'FLAGS', 'DESCRIPTION', 'EXAMPLES', `albackup ${command}`]) {
      expect(stdout).toContain(part)
    }
  })

  it('lists all commands, and --version gives the version', async () => {
    const place = await openWorkplace([])
    const help = await place.run([])
    expect(help.stdout.match(/^ {2}[a-z-]+(?= {2})/gm)?.map((line) => line.trim())).toEqual([
      'plugins',
      'chg-password',
      'compare',
      'dialects',
      'doctor',
      'dump',
      'help',
      'list',
      'plan',
      'plugins',
      'restore',
      'show',
      'test-all',
      'verify',
    ])
    expect((await place.run(['--version'])).stdout).toMatch(/^albackup\/\d+\.\d+\.\d+ /)
  })
})
