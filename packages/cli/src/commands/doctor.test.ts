import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../testing/run-albackup.ts'

describe('albackup doctor', () => {
  let place: Workplace

  async function run(...args: readonly string[]) {
    const result = await place.run(['doctor', ...args])
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/geheim|wrong password/)
    return result
  }

  async function json(...args: readonly string[]) {
    const result = await run(...args, '--json')
    return { ...result, report: JSON.parse(result.stdout) }
  }

  beforeAll(async () => {
    place = await openWorkplace()
    await mkdir(join(place.folder, 'kept'))
  })

  it('says that all is well', async () => {
    const { status, stdout } = await run('--source', 'memory://u:geheim@h/rich', '--backup-dir', 'kept')
    expect(status).toBe(0)
    const [, ...lines] = stdout.replaceAll(/ [\d.]+ [kMGTP]B/g, ' N').split('\n')
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}ok {6}codecs null, deflate/),
      '  ok      no configuration file here',
      '  ok      backup folder kept, N free',
      '',
      'source memory://u@h/rich',
      '  ok      memory, 1.0',
      '  ok      a dump now: all rows are of one moment: memory stands still',
      '  ok      5 tables, about 24 rows, N',
      '  ok      no right is missing',
      '',
    ])
  })

  it('ends with 3 when a right is missing that is needed, and gives the statements as a block', async () => {
    const { status, stdout, stderr } = await run('--source', 'memory://u:geheim@h/poor')
    expect(status).toBe(3)
    expect(stdout).toContain(`
  FAULT   needed, and missing: SELECT
          Nothing can be read.
  advice  missing: DIAGNOSTICS
          Sizes are guessed.

-- source memory://u@h/poor: 2 rights missing, 1 needed; an administrator gives them with
grant select to u;
grant diagnostics to u;
`)
    expect(stderr).toContain('cannot work as it is: 1 fault: SELECT\nHint: docs/permissions.md')
  })

  it('says when a dialect cannot tell', async () => {
    const { status, stdout } = await run('--target', 'memory://u:geheim@h/taken')
    expect(status).toBe(0)
    expect(stdout).toContain(`
target memory://u@h/taken
  ok      memory, 1.0
  ok      5 tables there; a restore may create tables, and drop none
  advice  the dialect cannot tell whether rights are missing
`)
  })

  it('ends with the status of a failure to connect, with all that it found besides', async () => {
    const sides = ['--source', 'memory://u:geheim@h/down', '--target', 'memory://u:geheim@h/poor']
    const { status, report, stderr } = await json(...sides)
    expect(status).toBe(10)
    expect(report.error).toEqual({ code: 'ALB_CONNECTION', message: 'cannot connect to h: it is not reachable' })
    expect(stderr).toContain('cannot connect to h: it is not reachable')
    expect(report.databases).toEqual([
      {
        role: 'source',
        database: 'memory://u@h/down',
        server: null,
        checks: [],
        missingRights: null,
        failure: { code: 'ALB_CONNECTION', exitStatus: 10, message: 'cannot connect to h: it is not reachable' },
      },
      {
        role: 'target',
        database: 'memory://u@h/poor',
        server: { product: 'memory', version: '1.0', edition: null },
        checks: [expect.objectContaining({ subject: 'schema' })],
        missingRights: [
          expect.objectContaining({ right: 'DIAGNOSTICS' }),
          expect.objectContaining({ right: 'SELECT' }),
        ],
        failure: null,
      },
    ])
  })

  it('shows no password that a driver tells', async () => {
    const { status, report } = await json('--source', 'memory://u:wrong%20password@h/shop')
    expect(status).toBe(10)
    expect(report.databases[0].failure.message).toBe('cannot connect to h: login failed with ***')
  })

  it('looks at every connection of the configuration', async () => {
    const connection = (database: string) => ({ dialect: 'memory', db_server: 'h', db_name: database })
    await place.write('all.json', {
      ...connection('rich'),
      db_password: 'in plain text',
      codec: 'zstandard',
      targets: {
        stage: { ...connection('taken'), allow_restore: true },
        gone: connection('down'),
        live: { ...connection('taken'), allow_restore: false },
      },
    })
    const { report } = await json('--cfg', 'all.json')
    expect(
      report.databases.map(({ role, database, failure }: Record<string, unknown>) => [
        role,
        database,
        failure !== null,
      ]),
    ).toEqual([
      ['source', 'all.json', true],
      ['target', 'memory://h/taken', false],
      ['target', 'memory://h/down', true],
    ])
    expect(report.error.message).toBe('cannot decrypt db_password of all.json: it is not encrypted')
    const said = report.checks.map(({ state, message }: Record<string, string>) => `${state} ${message}`)
    expect(said).toEqual(
      expect.arrayContaining([
        'good configuration all.json',
        'fault db_password is not encrypted',
        'good targets.stage.db_password is not set, ALBACKUP_STAGE_PASSWORD is not set either',
        'good target live is not examined: it says allow_restore: false',
      ]),
    )
  })

  it('takes the connection of a restore’s configuration for a target', async () => {
    await place.write('restore.json', { dialect: 'memory', db_server: 'h', db_name: 'taken', allow_restore: true })
    const { status, report } = await json('--cfg', 'restore.json')
    expect(status).toBe(0)
    expect(report.databases.map(({ role }: { role: string }) => role)).toEqual(['target'])
    expect(report.databases[0].checks[0].message).toBe('5 tables there; a restore may drop those of the backup')
  })

  it('notices a target that is the source', async () => {
    const { report } = await json('--source', 'memory://u@h/rich', '--target', 'memory://other@H/rich')
    const said = report.checks.map(({ state, message }: Record<string, string>) => `${state} ${message}`)
    expect(said).toContain('advice memory://other@H/rich is source and target')
  })

  it('finds a folder that cannot be written', async () => {
    await place.write('a file', 'x')
    const { status, report } = await json('--backup-dir', 'a file')
    expect(status).toBe(3)
    expect(report.error.message).toMatch(
      /^cannot work as it is: 1 fault: backup folder a file cannot be written: .* is not a folder$/,
    )
  })

  it('tells a bug as a bug', async () => {
    expect((await run('--source', 'memory://u:geheim@h/bug')).status).toBe(1)
  })
})
