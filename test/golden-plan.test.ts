import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compareModels, openBackup, restore, type SchemaModel } from '@albackup/core'
import { postgres } from '@albackup/dialect-postgres'
import { startPostgres } from '@albackup/testkit/postgres-server'
import { readRecording, startReplayServer } from '@albackup/testkit/tds-replay'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../packages/cli/src/testing/run-albackup.ts'
import { RESTORE } from './job-choices.ts'

const recording = readRecording(join(import.meta.dirname, 'recordings/shop'))

/**
 * What `albackup plan` says of the recorded shop, kept whole: a change of the mapping shows as a change of these files. They are
 * written anew by `npx vitest run test/golden-plan.test.ts -u`.
 */
describe('the plan of the recorded shop for PostgreSQL', () => {
  let place: Workplace
  let text: string
  beforeAll(async () => {
    place = await openWorkplace([])
    await using replay = await startReplayServer({ recording })
    const dumped = await place.run(['dump', '--source', replay.url('shop'), '--backup-dir', 'backups', '--json'])
    expect(dumped.status, dumped.stderr).toBe(0)
    text = await plan('--sql', 'shop.sql')
  }, 60_000)
  afterAll(() => rm(place.folder, { recursive: true, force: true }))

  /** On stdout, with the backup under a name that is always the same. */
  async function plan(...flags: readonly string[]): Promise<string> {
    const args = ['plan', '--backup-dir', 'backups', '--target', 'postgres', '--offline', ...flags]
    const { status, stdout, stderr } = await place.run(args)
    expect(status, stderr).toBe(0)
    return anonymous(stdout)
  }

  it('is the same text', async () => {
    await expect(text).toMatchFileSnapshot('golden/shop.plan.txt')
  })

  it('is the same script', async () => {
    const script = anonymous(await readFile(join(place.folder, 'shop.sql'), 'utf8'))
    await expect(script).toMatchFileSnapshot('golden/shop.plan.sql')
  })

  it('is the same object', async () => {
    const { seconds, ...report } = JSON.parse(await plan('--json')) as { readonly seconds: number }
    expect(seconds).toBeGreaterThan(0)
    await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot('golden/shop.plan.json')
  })

  it('is a script that makes the very schema of a restore', async () => {
    await using server = await startPostgres()
    const [name] = await readdir(join(place.folder, 'backups'))
    const backup = await openBackup(join(place.folder, 'backups', name!))
    const { host, port, user, password } = server
    const connection = () => server.createDatabase().then((database) => ({ host, port, user, password, database }))
    const [restored, scripted] = [await connection(), await connection()]
    const client = new pg.Client(scripted)
    await client.connect()
    await client.query(await readFile(join(place.folder, 'shop.sql'), 'utf8')).finally(() => client.end())
    const context = { signal: new AbortController().signal, warn() {}, debug() {} }
    const models: SchemaModel[] = []
    for (const one of [restored, scripted]) {
      await using target = await postgres.openTarget!(postgres.parseConnection(one), context)
      if (one === restored) await restore({ ...RESTORE, backup, target, context, onEvent: () => {} })
      models.push(await target.reflect())
    }
    expect(models[0]!.tables).toHaveLength(12)
    expect(compareModels(models[0]!, models[1]!, { values: false, onRequest: true }).differences).toEqual([])
  }, 60_000)
})

function anonymous(text: string): string {
  return text.replaceAll(/[^\s"]*shop@[^\s"/]*/g, 'shop@server--20260427-1533')
}
