import { mkdirSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InterruptedError, type JobEvent, openBackup, UsageError, verify } from '@albackup/core'
import { MemoryServer, sampleDatabase } from '@albackup/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryJob } from './memory-job.ts'

let server: MemoryServer
let job: MemoryJob

beforeEach(async () => {
  server = new MemoryServer()
  const { model, rows } = sampleDatabase()
  await server.createDatabase('shop', model, rows)
  await server.createDatabase('empty')
  job = await MemoryJob.create(server)
})
afterEach(() => job[Symbol.asyncDispose]())

const quiet = () => ({ signal: new AbortController().signal, onEvent: () => {} })

describe('a dump', () => {
  it('restored and dumped again gives the same digests', async () => {
    const first = await job.dump('shop')
    const restored = await job.restore(first.backup, 'empty')
    expect(restored.proven).toBe(true)
    expect(restored.violations).toEqual([])
    const second = await job.dump('empty')
    const digests = (files: typeof first.metadata.files) =>
      Object.fromEntries(files.map((file) => [`${file.schema}.${file.table}`, [file.rows, file.digest]]))
    expect(digests(second.metadata.files)).toEqual(digests(first.metadata.files))
    expect(first.rows).toBeGreaterThan(10)
  })

  it('can be opened and verified', async () => {
    const { backup, rows, bytes, tables, metadata } = await job.dump('shop')
    const opened = await openBackup(backup)
    expect(opened.metadata).toEqual(metadata)
    expect(await verify({ backup: opened, ...quiet() })).toEqual({ files: tables, rows, bytes })
  })

  it('of no one point in time keeps what the sequences gave out until the last row was read', async () => {
    const { model } = server.databases.get('shop')!
    const sequence = { schema: 'sample', name: 'numbers', native: { declaration: 'int' }, start: '1', increment: '1' }
    const given = { ...sequence, minimum: '1', maximum: '9999', cycle: false, cache: null, lastValue: '4711' }
    const changed = { ...model, sequences: [given] }
    const { metadata } = await job.dump('shop', {
      source: Object.assign(await job.open('shop'), {
        consistency: { level: 'none', verdict: 'rows come and go' } as const,
        refresh: async () => changed,
      }),
    })
    expect(metadata.model).toEqual(changed)
    expect((await job.dump('shop')).metadata.model).toEqual(model)
  })

  it('takes a second name when one is taken in the same minute', async () => {
    const names = [await job.dump('shop'), await job.dump('shop')].map(({ backup }) => backup)
    expect(new Set(names).size).toBe(2)
  })

  it('holds only the tables of its scope', async () => {
    const { metadata } = await job.dump('shop', { include: ['sample.*'], exclude: ['sample.things', '*type'] })
    expect(metadata.files.map((file) => `${file.schema}.${file.table}`)).toEqual(
      metadata.model.tables.map((table) => `${table.schema}.${table.name}`),
    )
    expect(metadata.model.tables.map((table) => table.name)).not.toContain('things')
    expect(metadata.model.tables.map((table) => table.name)).toContain('makers')
  })

  it('is refused when a pattern matches nothing', async () => {
    await expect(job.dump('shop', { exclude: ['no such*'] })).rejects.toThrow(UsageError)
    expect(await readdir(job.backupDir)).toEqual([])
  })

  it.each([
    ['a table fails at its first row', 0],
    ['a table fails in the middle', 2],
  ])('leaves nothing behind when %s', async (_, row) => {
    server.faults = [{ kind: 'fail', table: 'sample.makers', row }]
    await expect(job.dump('shop')).rejects.toThrow(/sample.*makers/)
    expect(await readdir(job.backupDir)).toEqual([])
  })

  it.each([
    [{ exclude: ['*.*'] }, `cannot select tables: to exclude "*.*" leaves out all`],
    [{ include: ['makers'], exclude: ['make*'] }, 'to exclude "make*" leaves out every table that "makers" includes'],
  ])('is refused, as is a restore, when %o leaves no table', async (patterns, message) => {
    await expect(job.dump('shop', patterns)).rejects.toThrow(message)
    expect(await readdir(job.backupDir)).toEqual([])
    const { backup } = await job.dump('shop')
    await expect(job.restore(backup, 'empty', patterns)).rejects.toThrow(message)
  })

  it('of a database without tables warns, and restores as nothing', async () => {
    const warnings: string[] = []
    const context = { signal: job.controller.signal, debug() {}, warn: (message: string) => warnings.push(message) }
    const { backup, tables } = await job.dump('empty', { context })
    expect({ tables, warnings }).toEqual({
      tables: 0,
      warnings: ['the login sees no tables in this database, and the backup will hold none'],
    })
    expect((await job.restore(backup, 'empty')).tables).toEqual([])
  })

  it('leaves nothing of its own behind when a file cannot be finished', async () => {
    const onEvent = (event: JobEvent) => {
      if (event.type !== 'table-begin' || event.table !== 'sample.makers') return
      const [backup] = readdirSync(job.backupDir)
      mkdirSync(join(job.backupDir, backup!, 'sample.makers.avro'))
    }
    await expect(job.dump('shop', { onEvent })).rejects.toMatchObject({ code: 'ALB_STORAGE' })
    const [backup] = await readdir(job.backupDir)
    expect(await readdir(join(job.backupDir, backup!))).toEqual(['sample.makers.avro'])
  })

  it('leaves nothing behind when it is interrupted, and says so', async () => {
    server.faults = [{ kind: 'hang', table: 'sample.makers' }]
    setTimeout(() => job.controller.abort(), 50)
    await expect(job.dump('shop')).rejects.toThrow(InterruptedError)
    expect(await readdir(job.backupDir)).toEqual([])
  })
})

describe('a restore', () => {
  it('goes through its stages in order', async () => {
    const { backup } = await job.dump('shop')
    job.events.length = 0
    await job.restore(backup, 'empty')
    const stages = job.events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []))
    expect(stages).toEqual([
      'verify files',
      'plan',
      'create tables',
      'load rows',
      'create keys and indexes',
      'check referential integrity',
      'create references',
      'set identities and sequences',
      'create objects',
      'prove',
    ])
  })

  it('is refused when a table is there already, unless it is allowed', async () => {
    const { backup } = await job.dump('shop')
    const before = job.model('shop')
    await expect(job.restore(backup, 'shop')).rejects.toMatchObject({ code: 'ALB_REFUSED', exitStatus: 16 })
    expect(job.model('shop')).toBe(before)
    expect(await job.restore(backup, 'shop', { allowRestore: true })).toMatchObject({ proven: true })
  })

  it('without the check of referential integrity does not make one', async () => {
    const { backup } = await job.dump('shop')
    job.events.length = 0
    await job.restore(backup, 'empty', { checkRI: false, prove: false })
    expect(job.events).not.toContainEqual({ type: 'stage', stage: 'check referential integrity' })
    expect(job.events).not.toContainEqual({ type: 'stage', stage: 'prove' })
  })

  it('is not proven when the target lost a row', async () => {
    const { backup } = await job.dump('shop')
    server.faults = [{ kind: 'lose a row', table: 'sample.makers' }]
    const { proven, tables } = await job.restore(backup, 'empty')
    expect(proven).toBe(false)
    expect(tables.filter((table) => table.proven === false).map((table) => table.source)).toEqual(['sample.makers'])
  })

  it('counts losses, and refuses them when told to', async () => {
    const { backup } = await job.dump('shop')
    server.faults = [{ kind: 'loss', table: 'sample.makers', column: 'name', count: 2 }]
    await expect(job.restore(backup, 'empty', { failOnLoss: true })).rejects.toMatchObject({ exitStatus: 3 })
    const { tables } = await job.restore(backup, 'empty', { allowRestore: true })
    expect(tables.find((table) => table.source === 'sample.makers')?.losses).toMatchObject([
      { column: 'name', count: 2 },
    ])
  })
})

describe('the content of a backup', () => {
  it('is the schema alone when asked for, and restores as that', async () => {
    const { backup, metadata, rows } = await job.dump('shop', { content: 'schema' })
    expect(metadata.files).toEqual([])
    expect(metadata.scope).toEqual({ content: 'schema', include: [], exclude: [] })
    expect(rows).toBe(0)
    const { plan, tables, proven } = await job.restore(backup, 'empty')
    expect(plan.tables).toHaveLength(metadata.model.tables.length)
    expect(tables).toEqual([])
    expect(proven).toBeNull()
    expect(job.model('empty').tables).toHaveLength(metadata.model.tables.length)
    await expect(job.restore(backup, 'empty', { content: 'data' })).rejects.toMatchObject({ exitStatus: 16 })
  })

  it('of rows alone is added to tables that are there, and to no others', async () => {
    const { backup } = await job.dump('shop', { content: 'data' })
    await expect(job.restore(backup, 'empty')).rejects.toThrow('it holds rows only')
    await expect(job.restore(backup, 'empty', { content: 'data' })).rejects.toMatchObject({
      message: expect.stringContaining('the target has no table'),
      hint: expect.stringContaining('from a backup that holds the schema'),
    })
    const schema = await job.dump('shop', { content: 'schema' })
    await job.restore(schema.backup, 'empty')
    const { proven, tables } = await job.restore(backup, 'empty', { content: 'data' })
    expect(proven).toBe(true)
    expect(tables.reduce((sum, table) => sum + table.rows, 0)).toBeGreaterThan(10)
  })

  it('of everything restores as the schema or as rows when that is asked for', async () => {
    const { backup } = await job.dump('shop')
    expect((await job.restore(backup, 'empty', { content: 'schema' })).tables).toEqual([])
    expect((await job.restore(backup, 'empty', { content: 'data' })).proven).toBe(true)
  })

  it('is of the rows that fulfil a condition, which the file remembers', async () => {
    const { metadata } = await job.dump('shop', { where: [{ table: 'sample.things', predicate: '0..1' }] })
    const file = metadata.files.find(({ schema, table }) => schema === 'sample' && table === 'things')
    expect(file).toMatchObject({ rows: 1, predicate: '0..1' })
    expect(metadata.files.filter(({ predicate }) => predicate !== undefined)).toHaveLength(1)
    expect(metadata.scope).toEqual({
      content: 'all',
      include: [],
      exclude: [],
      where: [{ table: 'sample.things', predicate: '0..1' }],
    })
  })

  it('is not what a condition for no table says', async () => {
    const where = [{ table: 'sample.nothing', predicate: '0..1' }]
    await expect(job.dump('shop', { where })).rejects.toThrow('pattern "sample.nothing" matches none')
  })

  it('can be restored for some tables only', async () => {
    const { backup } = await job.dump('shop')
    const { tables, plan } = await job.restore(backup, 'empty', { include: ['sample.makers'] })
    expect(tables.map(({ source }) => source)).toEqual(['sample.makers'])
    expect(plan.findings.filter(({ kind }) => ['view', 'procedure', 'function'].includes(kind))).toEqual([])
    await expect(job.restore(backup, 'empty', { include: ['nothing'] })).rejects.toThrow(UsageError)
  })
})
