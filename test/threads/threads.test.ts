import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { Connection, Dialect, DumpRequest, JobEvent, RestoreRequest } from '@albackup/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// Threads load modules as Node does, so both sides of them are the built ones.
import * as core from '../../packages/core/dist/index.js'
import { DUMP, RESTORE } from '../job-choices.ts'

const { dialect } = (await import('./made-up-dialect.mjs' as string)) as { dialect: Dialect }

let backupDir: string
let controller: AbortController
let events: JobEvent[]
let warnings: string[]
let debugs: string[]

beforeEach(async () => {
  backupDir = await mkdtemp(join(tmpdir(), 'albackup-threads-'))
  controller = new AbortController()
  events = []
  warnings = []
  debugs = []
})
afterEach(() => rm(backupDir, { recursive: true, force: true }))

type Options = Readonly<Record<string, unknown>>

function job(options: Options, jobs: number) {
  const connection = dialect.parseConnection({ options: { tables: 6, rows: 300_000, ...options } })
  const context = {
    signal: controller.signal,
    warn: (message: string) => void warnings.push(message),
    debug: (message: string) => void debugs.push(message),
  }
  const threads = { dialect, connection: connection as Connection, context }
  return {
    connection,
    context,
    common: { jobs, threads, context, onEvent: (event: JobEvent) => void events.push(event) },
  }
}

async function dump(options: Options = {}, jobs = 3, changes: Partial<DumpRequest> = {}) {
  const { connection, context, common } = job(options, jobs)
  await using source = await dialect.openSource!(connection, context)
  return await core.dump({
    ...DUMP,
    source,
    dialect: 'made-up',
    host: 'nowhere',
    database: 'made up',
    backupDir,
    ...common,
    ...changes,
  })
}

async function restore(path: string, options: Options = {}, jobs = 3, changes: Partial<RestoreRequest> = {}) {
  const { connection, context, common } = job(options, jobs)
  await using target = await dialect.openTarget!(connection, context)
  return await core.restore({ ...RESTORE, backup: await core.openBackup(path), target, ...common, ...changes })
}

const facts = ({ metadata }: Awaited<ReturnType<typeof dump>>) =>
  metadata.files.map(({ table, rows, digest }) => [table, rows, digest])

describe('a dump in threads', () => {
  it('writes what a dump in one thread writes, in the same order', async () => {
    const alone = await dump({}, 1)
    const together = await dump()
    expect(facts(together)).toEqual(facts(alone))
    expect(together.metadata.consistency.level).toBe('snapshot')
    await core.verify({ backup: await core.openBackup(together.backup), signal: controller.signal, onEvent: () => {} })
  })

  it('tells the progress of every table', async () => {
    await dump()
    const rows = events.reduce((sum, event) => sum + (event.type === 'progress' ? event.rows : 0), 0)
    expect(rows).toBe(6 * 300_000)
    expect(events.filter(({ type }) => type === 'table-end')).toHaveLength(6)
  })

  it('splits a large table into files that hold its rows together', async () => {
    const { metadata, backup } = await dump({ tables: 2, bytes: 1e9 })
    expect(metadata.files.map(({ name, rows, predicate }) => [name, rows, predicate])).toEqual([
      ['s.t0.0001.avro', 150_000, '0..150000'],
      ['s.t0.0002.avro', 150_000, '150000..300000'],
      ['s.t1.0001.avro', 150_000, '0..150000'],
      ['s.t1.0002.avro', 150_000, '150000..300000'],
    ])
    const { tables, proven } = await restore(backup)
    expect(tables.map((table) => table.rows)).toEqual([300_000, 300_000])
    expect(proven).toBe(true)
  })

  it('reads in this thread when the source cannot share its point in time', async () => {
    const { metadata } = await dump({ sharing: false })
    expect(metadata.consistency.level).toBe('none')
    expect(metadata.files).toHaveLength(6)
  })

  it('ends with the failure of one table, and leaves nothing', async () => {
    const failing = dump({ fault: { kind: 'fail', table: 't2' } })
    await expect(failing).rejects.toMatchObject({
      name: 'SourceError',
      exitStatus: 11,
      message: 'cannot read table t2: the server has had enough',
      hint: 'Let it rest.',
    })
    expect(await failing.catch((error: unknown) => error instanceof core.SourceError)).toBe(true)
    expect(await readdir(backupDir)).toEqual([])
  })

  it('stops the other threads when one fails', async () => {
    const slow = dump({ tables: 2, delay: 50, fault: { kind: 'fail', table: 't0' }, rows: 5_000_000 })
    await expect(slow).rejects.toThrow('cannot read table t0')
    const rows = events.reduce((sum, event) => sum + (event.type === 'progress' ? event.rows : 0), 0)
    expect(rows).toBeLessThan(5_000_000)
  })

  it('reads the victim of a deadlock again, and counts no row twice', async () => {
    const { rows } = await dump({ fault: { kind: 'deadlock', table: 't1' } })
    expect(warnings).toEqual(['a deadlock'])
    expect(rows).toBe(6 * 300_000)
    const told = events.reduce((sum, event) => sum + (event.type === 'progress' ? event.rows : 0), 0)
    expect(told).toBe(6 * 300_000)
  })

  it('ends with the failure of a reader that cannot be opened', async () => {
    await expect(dump({ fault: { kind: 'no reader' } })).rejects.toMatchObject({
      message: 'cannot open a reader: there are too many',
      hint: 'Ask for fewer.',
    })
    expect(await readdir(backupDir)).toEqual([])
  })

  it('ends with the failure of the work when closing failed after it', async () => {
    const error = await dump({ fault: { kind: 'fail twice', table: 't1' } }).catch((error: unknown) => error)
    expect(error).toMatchObject({ suppressed: { name: 'SourceError', message: 'cannot read table t1: it is gone' } })
  })

  it('warns of a connection that cannot be closed: the rows are there', async () => {
    const { metadata } = await dump({ fault: { kind: 'no end' } })
    expect(metadata.files).toHaveLength(6)
    expect(warnings).toEqual(Array(3).fill('cannot close a connection: the server does not answer'))
  })

  it.each([
    [2, 2],
    [1, 0],
  ])(
    'opens no more sessions than there is work for: %i tables, %i sessions beside the source',
    async (tables, opened) => {
      const { metadata } = await dump({ tables, fault: { kind: 'no end' } }, 5)
      expect(metadata.files).toHaveLength(tables)
      expect(warnings).toHaveLength(opened)
    },
  )

  it('takes what a library prints in a thread for debugging', async () => {
    await dump({ fault: { kind: 'print', table: 't1' } })
    expect(debugs).toContain('a library prints of t1')
  })

  it('is a bug when a thread breaks', async () => {
    const broken = dump({ fault: { kind: 'crash', table: 't1' } })
    await expect(broken).rejects.toThrow('a bug')
    expect(await broken.catch((error: unknown) => error instanceof core.AlbackupError)).toBe(false)
    expect(await readdir(backupDir)).toEqual([])
  })

  it('ends soon after it is interrupted, and leaves nothing', async () => {
    const hanging = dump({ fault: { kind: 'hang', table: 't0' } })
    setTimeout(() => controller.abort(), 300)
    await expect(hanging).rejects.toMatchObject({ name: 'InterruptedError', exitStatus: 130 })
    expect(await readdir(backupDir)).toEqual([])
  })
})

describe('a restore in threads', () => {
  it('loads and proves every table', async () => {
    const { backup } = await dump()
    const { tables, proven } = await restore(backup)
    expect(tables.map(({ source, rows }) => [source, rows])).toEqual(
      Array.from({ length: 6 }, (_, i) => [`s.t${i}`, 300_000]),
    )
    expect(proven).toBe(true)
  })

  it('ends with the failure of one table', async () => {
    const { backup } = await dump()
    await expect(restore(backup, { fault: { table: 't4' } })).rejects.toMatchObject({
      name: 'TargetError',
      exitStatus: 12,
      message: 'cannot load table t4: no space left',
    })
  })

  it('makes the keys of each table in their order, in any thread, and then in this one what is of all tables', async () => {
    const { backup } = await dump({ rows: 1000 })
    const { findings } = await restore(backup, { rows: 1000 })
    const keys = Array.from({ length: 6 }, (_, i) => [`t${i}.a`, `t${i}.b`]).flat()
    expect(findings.map(({ object }) => object)).toEqual([...keys, 'all'])
    const [here, ...others] = findings.map(({ message }) => Number(message)).toReversed()
    expect(here).toBe(threadId)
    expect(new Set(others).size).toBeGreaterThan(1)
  })

  it('finds what differs', async () => {
    const { backup } = await dump({ rows: 1000 })
    const { proven } = await restore(backup, { rows: 999 })
    expect(proven).toBe(false)
  })
})
