import {
  type Cell,
  type ComparedSide,
  type CompareRequest,
  type CompareResult,
  compare,
  type JobEvent,
  openBackup,
  type Table,
} from '@albackup/core'
import {
  MemoryServer,
  memoryDialect,
  sampleColumn,
  sampleDatabase,
  sampleKey,
  sampleModel,
  sampleTable,
} from '@albackup/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryJob } from './memory-job.ts'

const INTEGER = { kind: 'integer', bits: 32, signed: true } as const
const NAME = { kind: 'text', length: 40, unit: 'utf16', fixed: false } as const

const VERSIONED = sampleTable('s', 'versioned', [
  sampleColumn('id', INTEGER),
  sampleColumn('version', { kind: 'rowversion' }),
  sampleColumn('name', NAME, { nullable: true }),
])

let server: MemoryServer
let job: MemoryJob
const events: JobEvent[] = []

beforeEach(async () => {
  server = new MemoryServer()
  job = await MemoryJob.create(server)
  events.length = 0
  const { model, rows } = sampleDatabase()
  await server.createDatabase('shop', model, rows)
})

afterEach(() => job[Symbol.asyncDispose]())

async function live(database: string): Promise<ComparedSide> {
  const dialect = memoryDialect(server)
  const context = { signal: job.controller.signal, warn() {}, debug() {} }
  return { kind: 'live', session: await dialect.openSource!(dialect.parseConnection({ database }), context) }
}

async function backupOf(database: string, changes: Parameters<MemoryJob['dump']>[1] = {}): Promise<ComparedSide> {
  const { backup } = await job.dump(database, changes)
  return { kind: 'backup', backup: await openBackup(backup) }
}

function compared(a: ComparedSide, b: ComparedSide, changes: Partial<CompareRequest> = {}): Promise<CompareResult> {
  return compare({
    a,
    b,
    include: [],
    exclude: [],
    schemaOnly: false,
    values: true,
    onRequest: false,
    context: { signal: job.controller.signal, warn() {}, debug() {} },
    onEvent: (event) => events.push(event),
    ...changes,
  })
}

async function table(name: string, of: Table, rows: readonly (readonly Cell[])[]): Promise<void> {
  await server.createDatabase(name, sampleModel([of]), new Map([[`${of.schema}.${of.name}`, rows]]))
}

function verdicts({ tables }: CompareResult) {
  return tables.map(({ sentence }) => sentence)
}

describe('compare', () => {
  it('finds a database, its backup and what was restored from it equal', async () => {
    const backup = await backupOf('shop')
    await server.createDatabase('restored')
    if (backup.kind === 'backup') await job.restore(backup.backup, 'restored')
    for (const [a, b] of [
      [backup, await live('shop')],
      [await live('shop'), await live('restored')],
      [backup, await live('restored')],
      [backup, backup],
    ] as const) {
      const { equal, differences, tables } = await compared(a, b)
      expect([equal, differences, tables.map(({ verdict }) => verdict)]).toEqual([
        true,
        [],
        ['equal', 'equal', 'equal', 'equal', 'equal'],
      ])
    }
  })

  it('finds rows that are missing, and rows that are others', async () => {
    await table('one', VERSIONED, [[1, Buffer.alloc(8), 'a']])
    await table('two', VERSIONED, [[1, Buffer.alloc(8), 'b']])
    await table('none', VERSIONED, [])
    expect(verdicts(await compared(await live('one'), await live('two')))).toEqual([
      'table s.versioned: 1 row in both, but not with the same values',
    ])
    expect(verdicts(await compared(await backupOf('one'), await live('none')))).toEqual([
      'table s.versioned: 1 row in A and 0 in B',
    ])
  })

  it('leaves out row versions, in backups too, and says so', async () => {
    await table('one', VERSIONED, [[1, Buffer.alloc(8, 1), 'a']])
    await table('two', VERSIONED, [[1, Buffer.alloc(8, 2), 'a']])
    for (const [a, b] of [
      [await live('one'), await live('two')],
      [await backupOf('one'), await live('two')],
      [await backupOf('one'), await backupOf('two')],
    ] as const) {
      const { equal, tables } = await compared(a, b)
      expect([equal, tables[0]!.leftOut]).toEqual([
        true,
        [{ column: 'version', reason: 'the server gives each row a new value whenever it is written' }],
      ])
    }
  })

  it('compares the columns that both store, whatever their order, length and nullability', async () => {
    const other = sampleTable('s', 'versioned', [
      sampleColumn('name', { ...NAME, length: 60 }),
      sampleColumn('more', INTEGER),
      sampleColumn('id', { ...INTEGER, bits: 64 }),
    ])
    await table('one', VERSIONED, [[1, Buffer.alloc(8), 'a']])
    await table('two', other, [['a', 5, 1n]])
    const { equal, tables, differences } = await compared(await live('one'), await live('two'))
    expect(tables[0]).toMatchObject({
      verdict: 'equal',
      leftOut: [
        { column: 'version', reason: 'B does not store it' },
        { column: 'more', reason: 'A does not store it' },
      ],
    })
    expect([equal, differences.length > 0]).toEqual([false, true])
  })

  it('counts rows only where no column can be compared', async () => {
    await table('one', VERSIONED, [[1, Buffer.alloc(8), 'a']])
    await table('two', sampleTable('s', 'versioned', [sampleColumn('x', INTEGER)]), [[7]])
    const { tables } = await compared(await live('one'), await live('two'))
    expect(tables[0]).toMatchObject({ verdict: 'same count', a: { rows: 1, digest: null } })
  })

  describe('asked for rows', () => {
    const keyed = { ...VERSIONED, primaryKey: sampleKey('pk', 'id') }
    const turned = sampleTable('s', 'versioned', [
      sampleColumn('name', NAME),
      sampleColumn('id', INTEGER, { nullable: true }),
    ])
    const version = Buffer.alloc(8)
    const shownOf = async (limit = 10) =>
      (await compared(await backupOf('one'), await live('two'), { showRows: limit })).tables[0]!.differentRows

    it('names them by their key, with what is different in them', async () => {
      const many = Array.from({ length: 5000 }, (_, id) => [id, version, `name ${id}`] as const)
      await table('one', keyed, many)
      await table(
        'two',
        keyed,
        many.filter(([id]) => id !== 17).map(([id, , name]) => [id, Buffer.alloc(8, 7), id === 4000 ? null : name]),
      )
      expect(await shownOf()).toEqual([
        { key: [{ column: 'id', value: '17' }], only: 'A', values: [], sentence: 'row id 17 is only in A' },
        {
          key: [{ column: 'id', value: '4000' }],
          only: null,
          values: [{ column: 'name', a: 'name 4000', b: null }],
          sentence: 'row id 4000: name is "name 4000" in A and NULL in B',
        },
      ])
      expect((await shownOf(1)).length).toBe(1)
    })

    it('names whole rows where there is no key, as often as they are too many', async () => {
      await table('one', VERSIONED, [
        [1, version, 'a'],
        [1, version, 'a'],
        [1, version, 'a'],
        [2, version, null],
      ])
      await table('two', VERSIONED, [
        [1, version, 'a'],
        [3, version, 'b'],
      ])
      expect((await shownOf()).map(({ sentence }) => sentence)).toEqual([
        'row id 1, name a is only in A',
        'row id 1, name a is only in A',
        'row id 2, name NULL is only in A',
        'row id 3, name b is only in B',
      ])
    })

    it('finds them in tables whose columns stand in another order', async () => {
      await table('one', keyed, [[1, version, 'a']])
      await table('two', turned, [['ä\n', 1]])
      expect((await shownOf()).map(({ sentence }) => sentence)).toEqual(['row id 1: name is a in A and "ä\\n" in B'])
    })

    it('cuts long values', async () => {
      await table('one', keyed, [[1, version, 'x'.repeat(100_000)]])
      await table('two', keyed, [[1, version, 'y']])
      expect((await shownOf())[0]!.values).toEqual([{ column: 'name', a: `${'x'.repeat(199)}…`, b: 'y' }])
    })
  })

  it('adds up the files of a table that has several', async () => {
    const backup = await backupOf('shop')
    if (backup.kind !== 'backup') throw new Error('no backup')
    const [first, ...files] = backup.backup.metadata.files
    const half = (rows: number, digest: string) => ({ ...first!, rows, digest })
    const split = [half(first!.rows - 1, (BigInt(`0x${first!.digest}`) - 1n).toString(16)), half(1, '1')]
    const metadata = { ...backup.backup.metadata, files: [...split, ...files] }
    const parts: ComparedSide = { kind: 'backup', backup: { ...backup.backup, metadata } }
    expect((await compared(parts, await live('shop'))).equal).toBe(true)
  })

  it('compares no rows with --schema-only, nor those of a session that cannot read them', async () => {
    const dialect = memoryDialect(server)
    const context = { signal: job.controller.signal, warn() {}, debug() {} }
    const target = await dialect.openTarget!(dialect.parseConnection({ database: 'shop' }), context)
    const schema = await compared(await live('shop'), await live('shop'), { schemaOnly: true })
    expect([schema.tables, schema.notCompared]).toEqual([[], ['the rows, as was asked for']])
    const session = await compared(await live('shop'), { kind: 'live', session: target })
    expect([session.equal, session.tables, session.notCompared]).toEqual([
      true,
      [],
      ['the rows: the dialect of B does not read them'],
    ])
  })

  it('compares within a scope, its own and that of a backup', async () => {
    const scope = { include: ['sample.*'], exclude: ['*every*'] }
    const names = ({ tables }: CompareResult) => tables.map((one) => one.table)
    const scoped = await compared(await live('shop'), await live('shop'), scope)
    expect(names(scoped)).toEqual(['sample.makers', `sample.nothing ']"\` in 😀 it`, 'sample.things'])
    const backup = await backupOf('shop', scope)
    const { equal, notCompared, ...rest } = await compared(await live('shop'), backup)
    expect([equal, notCompared, names({ equal, notCompared, ...rest })]).toEqual([
      true,
      ['tables that the backup B was made without'],
      names(scoped),
    ])
    await expect(compared(backup, backup, { include: ['nowhere.*'] })).rejects.toThrow('pattern "nowhere.*"')
  })

  describe('of a replicated database', () => {
    const names = ['orders', 'sym_node', 'sym_node_identity', 'sym_trigger_hist', 'sym_data']
    const tables = names.map((name) => sampleTable('dbo', name, [sampleColumn('value', NAME)]))

    beforeEach(() => server.createDatabase('replicated', sampleModel(tables)))

    it('compares a live one with its backup by what the backup was to hold', async () => {
      const {
        equal,
        tables: compareds,
        notCompared,
      } = await compared(await backupOf('replicated'), await live('replicated'))
      expect([equal, compareds.map((one) => one.table)]).toEqual([
        true,
        ['dbo.orders', 'dbo.sym_node', 'dbo.sym_node_identity'],
      ])
      expect(notCompared).toContain('table "dbo"."sym_data" of B: state of the replication, which it makes anew')
    })

    it('does not miss in a restored one what a restore leaves out', async () => {
      const backup = await backupOf('replicated')
      await server.createDatabase('restored')
      if (backup.kind === 'backup') await job.restore(backup.backup, 'restored')
      const { equal, notCompared } = await compared(backup, await live('restored'))
      expect([equal, notCompared]).toEqual([
        true,
        expect.arrayContaining([
          'table dbo.sym_node of A: configuration of the replication, which a restore leaves out unless it is asked for',
        ]),
      ])
    })
  })

  it('tells how it goes', async () => {
    await compared(await backupOf('shop'), await live('shop'))
    const stages = events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []))
    expect(stages).toEqual(['reflect', 'compare rows'])
    const expected = events.find((event) => event.type === 'expect')
    const read = events.flatMap((event) => (event.type === 'progress' ? [event.rows] : []))
    expect([expected?.tables, expected?.rows]).toEqual([5, read.reduce((sum, rows) => sum + rows, 0)])
  })

  it('ends when it is stopped, and when a side fails', async () => {
    const backup = await backupOf('shop')
    server.faults = [{ kind: 'fail', table: 'sample.things', row: 1 }]
    await expect(compared(await live('shop'), backup)).rejects.toThrow('cannot read table "sample"."things"')
    server.faults = [{ kind: 'hang', table: 'sample.things' }]
    setTimeout(() => job.controller.abort(), 100)
    await expect(compared(await live('shop'), await live('shop'))).rejects.toThrow('interrupted')
  })
})
