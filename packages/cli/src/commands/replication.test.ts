import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../testing/run-albackup.ts'

const SOURCE = ['--source', 'memory://h/replicated']
const TARGET = ['--target', 'memory://h/empty']

describe('a database under SymmetricDS', () => {
  let place: Workplace
  let backup: string

  const tablesOf = async (path: string) => {
    const { stdout } = await place.run(['show', path, '--json'])
    return JSON.parse(stdout).tables.map(({ table }: { table: string }) => table)
  }

  const dump = async (...args: readonly string[]) => {
    const { stdout, stderr, status } = await place.run(['dump', ...SOURCE, ...args, '--json'])
    expect(status).toBe(0)
    return { backup: JSON.parse(stdout).backup as string, stderr }
  }

  beforeAll(async () => {
    place = await openWorkplace()
    backup = (await dump()).backup
  })

  it('is dumped with its configuration and a warning', async () => {
    const { stderr } = await dump('--backup-dir', 'said')
    expect(stderr).toContain('warning: the database is replicated by SymmetricDS ("dbo"."sym_*"): 3 of its tables')
    expect(await tablesOf(backup)).toEqual(['dbo.orders', 'dbo.sym_node', 'dbo.sym_node_identity'])
  })

  it.each([
    ['auto', 3, 'its configuration, which a restore brings back on request'],
    ['keep', 6, 'everything of it'],
    ['none', 1, 'nothing of it'],
  ])('is dumped with --replication %s: %i tables, and show says what of it', async (choice, tables, held) => {
    const { backup } = await dump('--replication', choice, '--backup-dir', choice)
    expect(await tablesOf(backup)).toHaveLength(tables)
    const { stdout } = await place.run(['show', backup])
    expect(stdout).toContain(`\n  replication  SymmetricDS (dbo.sym_*): ${held}\n`)
  })

  it('is restored as no node, with the steps that remain', async () => {
    const { status, stdout, stderr } = await place.run(['restore', backup, ...TARGET])
    expect(status).toBe(0)
    expect(stdout).toContain('1 table, 1 row')
    expect(`${stdout}${stderr}`).toContain('open-registration NODE_GROUP EXTERNAL_ID')
    const withConfig = await place.run(['restore', backup, ...TARGET, '--with-replication-config'])
    expect(withConfig.stdout).toContain('3 tables, 3 rows')
    expect(`${withConfig.stdout}${withConfig.stderr}`).toContain('no two engines may run with it')
  })

  it('is known to the doctor', async () => {
    const { status, stdout } = await place.run(['doctor', ...SOURCE])
    expect(status).toBe(0)
    expect(stdout).toContain('  advice  replicated by symmetricds: "dbo"."sym_*"\n')
  })
})

describe('albackup dump --meta-cache', () => {
  it('keeps the schema, says under --debug that it is used, and warns all the same', async () => {
    const place = await openWorkplace()
    const args = ['dump', ...SOURCE, '--meta-cache', 'kept/schemas', '--debug']
    const first = await place.run(args)
    expect(await readdir(join(place.folder, 'kept', 'schemas'))).toEqual(['replicated@h.json'])
    const second = await place.run([...args, '--replication', 'none'])
    expect([first.status, second.status]).toEqual([0, 0])
    expect(first.stderr).toContain('the schema is reflected: its model in kept/schemas/replicated@h.json is absent')
    expect(second.stderr).toContain('the catalog is the one of kept/schemas/replicated@h.json')
    expect(second.stderr).toContain('warning: the database is replicated by SymmetricDS')
  })

  it('ends with 13 where it cannot keep anything', async () => {
    const place = await openWorkplace()
    await place.write('a file', '')
    expect((await place.run(['dump', ...SOURCE, '--meta-cache', 'a file'])).status).toBe(13)
  })
})
