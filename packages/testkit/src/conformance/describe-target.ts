import {
  type Connection,
  type Dialect,
  encodeRows,
  fullName,
  type LoadFacts,
  NO_ROWS,
  type PlannedTable,
  type RestorePlan,
  type RowBytes,
  type SchemaModel,
  type SchemaPart,
  storedColumns,
  type Target,
} from '@albackup/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collect } from '../collect.ts'
import { MANY_ROWS_TABLE, manyRows } from '../sample/many-rows.ts'
import { ORPHANS, type SampleDatabase, sampleDatabase, withOrphans } from '../sample/sample-database.ts'
import { sampleModel } from '../sample/tables.ts'
import type { PreparedTarget } from './conformance-options.ts'
import { contextFor, expectNamed, failureOf, promptly } from './expectations.ts'
import { endless, failing, stalling } from './troubled-blocks.ts'

const PARTS_AFTER_LOADING: readonly SchemaPart[] = ['keys', 'references', 'values', 'objects']
const MANY = 60_000

export function describeTarget(dialect: Dialect, prepare: () => Promise<PreparedTarget>): void {
  describe('as a target', () => {
    let prepared: PreparedTarget
    let connection: Connection
    let target: Target
    let sample: SampleDatabase

    const openTarget = (signal?: AbortSignal) => dialect.openTarget!(connection, contextFor(signal))

    /** The plan of a model whose tables are there now, empty. */
    const createTables = async (model: SchemaModel): Promise<RestorePlan> => {
      const plan = await target.plan(model, {})
      await target.createSchema(plan, 'tables')
      return plan
    }

    beforeAll(async () => {
      prepared = await prepare()
      connection = dialect.parseConnection(prepared.connection)
      sample = prepared.sample ?? sampleDatabase()
    })

    beforeEach(async () => {
      target = await openTarget()
    })

    afterEach(async () => {
      await target[Symbol.asyncDispose]()
      await using cleaner = await openTarget()
      for (const model of [sample.model, sampleModel([MANY_ROWS_TABLE])]) {
        await cleaner.dropExisting(await cleaner.plan(model, {}))
      }
    })

    afterAll(() => prepared?.[Symbol.asyncDispose]?.())

    it('plans every table and every stored column, in plain data', async () => {
      const plan = await target.plan(sample.model, {})
      expect(plan.dialect).toBe(dialect.name)
      expect(structuredClone(plan)).toEqual(plan)
      expect(plan.tables.map(({ source }) => fullName(source))).toEqual(sample.model.tables.map(fullName))
      for (const { source, columns } of plan.tables) {
        expect(columns.map((column) => column.source.name)).toEqual(storedColumns(source).map((column) => column.name))
      }
    })

    it('plans the same each time, and changes nothing', async () => {
      const before = await target.reflect()
      const plan = await target.plan(sample.model, {})
      expect(await target.plan(sample.model, {})).toEqual(plan)
      expect(plan.existing).toEqual([])
      expect(await target.reflect()).toEqual(before)
    })

    it('loads every table, and holds afterwards what was sent', async () => {
      const plan = await createTables(sample.model)
      for (const planned of plan.tables) {
        const rows = sample.rows.get(fullName(planned.source)) ?? []
        const sent = await target.bulkLoad(planned, encodeRows(planned.source, rows), { refuseLoss: false })
        expect(sent.rows).toBe(rows.length)
        await expectHeld(target, planned, sent)
      }
      for (const part of PARTS_AFTER_LOADING) await target.createSchema(plan, part)
      expect(await collect(target.checkRI(plan))).toEqual([])
    })

    it('tells what a load would send, and sends nothing', async ({ skip }) => {
      if (target.expect === undefined) skip()
      const plan = await createTables(sample.model)
      for (const planned of plan.tables) {
        const rows = sample.rows.get(fullName(planned.source)) ?? []
        const expected = await target.expect!(planned, encodeRows(planned.source, rows))
        expect(await target.digest(planned)).toEqual(NO_ROWS)
        const sent = await target.bulkLoad(planned, encodeRows(planned.source, rows), { refuseLoss: false })
        expect(expected).toEqual(sent)
      }
    })

    it('loads the same rows where nobody asks for their digest', async ({ skip }) => {
      if (target.expect === undefined) skip()
      const [planned] = (await createTables(sampleModel([MANY_ROWS_TABLE]))).tables
      const { rows, digest } = await target.expect!(planned!, manyBlocks())
      const sent = await target.bulkLoad(planned!, manyBlocks(), { refuseLoss: true, withoutDigest: true })
      expect(sent.rows).toBe(rows)
      expect(await target.digest(planned!)).toEqual({ rows, digest })
    })

    it('loads many blocks', async () => {
      const [planned] = (await createTables(sampleModel([MANY_ROWS_TABLE]))).tables
      const sent = await target.bulkLoad(planned!, manyBlocks(), { refuseLoss: true })
      expect(sent.rows).toBe(MANY)
      await expectHeld(target, planned!, sent)
    })

    it('knows what is there already, and drops exactly that', async () => {
      await createTables(sampleModel([MANY_ROWS_TABLE]))
      await createTables(sample.model)
      const plan = await target.plan(sample.model, {})
      expect(plan.existing).toHaveLength(sample.model.tables.length)
      await target.dropExisting(plan)
      expect((await target.plan(sample.model, {})).existing).toEqual([])
      expect((await target.plan(sampleModel([MANY_ROWS_TABLE]), {})).existing).toHaveLength(1)
    })

    it('keeps nothing of a load whose rows stop with a failure, and passes the failure on', async () => {
      const [planned] = (await createTables(sampleModel([MANY_ROWS_TABLE]))).tables
      const failure = new Error('the file is damaged')
      const outcome = target.bulkLoad(planned!, failing(manyBlocks(), failure), { refuseLoss: false })
      expect(causes(await outcome.catch((thrown: unknown) => thrown))).toContain(failure)
      expect(await target.digest(planned!)).toEqual(NO_ROWS)
      const sent = await target.bulkLoad(planned!, manyBlocks(), { refuseLoss: false })
      await expectHeld(target, planned!, sent)
    })

    it.each([
      ['rows keep coming', endless],
      ['it waits for rows', stalling],
    ])('ends a load promptly when the job is stopped while %s, and keeps nothing', async (_, blocksOf) => {
      const [planned] = (await createTables(sampleModel([MANY_ROWS_TABLE]))).tables
      const job = new AbortController()
      {
        await using stopped = await openTarget(job.signal)
        const loading = failureOf(stopped.bulkLoad(planned!, blocksOf(manyBlocks, job), { refuseLoss: false }))
        expectNamed(await promptly(loading), MANY_ROWS_TABLE)
      }
      expect(await target.digest(planned!)).toEqual(NO_ROWS)
    })

    it('names the table that it cannot load', async () => {
      const [planned] = (await target.plan(sampleModel([MANY_ROWS_TABLE]), {})).tables
      const absent: PlannedTable = { ...planned!, name: 'no such table' }
      const failure = await failureOf(target.bulkLoad(absent, manyBlocks(), { refuseLoss: false }))
      expectNamed(failure, { schema: absent.schema, name: absent.name })
    })

    it('finds the rows without a parent', async () => {
      const orphans = withOrphans(sample)
      const plan = await createTables(orphans.model)
      for (const planned of plan.tables) {
        const rows = orphans.rows.get(fullName(planned.source)) ?? []
        await target.bulkLoad(planned, encodeRows(planned.source, rows), { refuseLoss: false })
      }
      await target.createSchema(plan, 'keys')
      const found = (await collect(target.checkRI(plan))).map(({ foreignKey, rows }) => ({ foreignKey, rows }))
      expect(found).toHaveLength(ORPHANS.length)
      expect(found).toEqual(expect.arrayContaining([...ORPHANS]))
    })

    function manyBlocks(): AsyncIterable<RowBytes> {
      return encodeRows(MANY_ROWS_TABLE, manyRows(MANY))
    }
  })
}

async function expectHeld(target: Target, planned: PlannedTable, sent: LoadFacts): Promise<void> {
  const { rows, digest } = sent
  expect({ table: planned.name, ...(await target.digest(planned)) }).toEqual({ table: planned.name, rows, digest })
}

/** A failure and all that led to it. */
function causes(failure: unknown): readonly unknown[] {
  return failure instanceof Error ? [failure, ...causes(failure.cause)] : [failure]
}
