import {
  addFacts,
  BLOCK_BYTES,
  type Connection,
  type Dialect,
  decodeRows,
  fullName,
  NO_ROWS,
  type Range,
  type RowBlock,
  type SchemaModel,
  type Source,
  SourceError,
  type Table,
} from '@albackup/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../collect.ts'
import { sampleTable } from '../sample/tables.ts'
import type { PreparedSource } from './conformance-options.ts'
import { contextFor, expectNamed, failureOf, promptly, sortedTexts, walk } from './expectations.ts'
import { modelDefects } from './model-defects.ts'

export function describeSource(dialect: Dialect, prepare: () => Promise<PreparedSource>): void {
  describe('as a source', () => {
    let prepared: PreparedSource
    let connection: Connection
    let source: Source
    let model: SchemaModel

    const openSource = (signal?: AbortSignal) => dialect.openSource!(connection, contextFor(signal))
    const read = (table: Table, range: Range | null = null) => collect(source.readRows(table, range))

    beforeAll(async () => {
      prepared = await prepare()
      connection = dialect.parseConnection(prepared.connection)
      source = await openSource()
      model = await source.reflect()
    })

    afterAll(async () => {
      await source?.[Symbol.asyncDispose]()
      await prepared?.[Symbol.asyncDispose]?.()
    })

    it('has a connection that is plain data and names its dialect', () => {
      expect(structuredClone(connection)).toEqual(connection)
      expect(connection.dialect).toBe(dialect.name)
    })

    it('says what server it is and what its rows belong to', () => {
      expect(source.server.product).not.toBe('')
      expect(source.server.version).not.toBe('')
      expect(source.consistency.verdict).not.toBe('')
    })

    it('refreshes a model to what it would reflect, while the version of its catalog is the same', async () => {
      if (source.catalogVersion === undefined || source.refresh === undefined) return
      const version = await source.catalogVersion()
      expect(await source.catalogVersion()).toBe(version)
      await using other = await openSource()
      expect(await other.catalogVersion?.()).toBe(version)
      if (version !== null) expect(await source.refresh(JSON.parse(JSON.stringify(model)))).toEqual(model)
    })

    it('says what it lacks in words and statements, or that it lacks nothing', async () => {
      for (const { right, consequence, grant } of (await source.missingRights?.()) ?? []) {
        expect([right, consequence, grant]).not.toContain('')
      }
    })

    it('reflects a sound model', () => {
      expect(modelDefects(model)).toEqual([])
      expect(model.dialect).toBe(dialect.name)
      expect(model.tables).not.toEqual([])
    })

    it('reflects the same model each time, in the same order', async () => {
      await using other = await openSource()
      expect(JSON.stringify(await source.reflect())).toBe(JSON.stringify(model))
      expect(JSON.stringify(await other.reflect())).toBe(JSON.stringify(model))
    })

    it('estimates each table of the model', async () => {
      const estimates = await source.estimate(model)
      expect(new Set(estimates.map(fullName))).toEqual(new Set(model.tables.map(fullName)))
      for (const estimate of estimates) expect(Math.min(estimate.rows, estimate.bytes)).toBeGreaterThanOrEqual(0)
    })

    it('reads blocks that keep the contract of RowBlock', async () => {
      for (const table of model.tables) expectBlocks(table, await read(table))
    })

    it('reads the rows that are there', async () => {
      for (const [name, rows] of prepared.rows ?? []) {
        const table = model.tables.find((one) => fullName(one) === name)!
        const cells = await collect(decodeRows(table, source.readRows(table, null)))
        expect({ name, rows: sortedTexts(cells) }).toEqual({ name, rows: sortedTexts(rows) })
      }
    })

    it('splits a table into ranges that hold each row once', async () => {
      for (const table of model.tables) {
        const blocks = await read(table)
        const whole = walk(table, blocks)
        const quarter = blocks.reduce((bytes, block) => bytes + block.bytes.length, 0) / 4
        let sum = NO_ROWS
        for (const range of await source.split(table, Math.max(quarter, 1024), null))
          sum = addFacts(sum, walk(table, await read(table, range)))
        expect({ table: fullName(table), ...sum }).toEqual({ table: fullName(table), ...whole })
      }
    })

    it('can be read again after a reader has left early', async () => {
      const table = await largestTable(source, model)
      for await (const _block of source.readRows(table, null)) break
      expect(walk(table, await read(table)).rows).toBeGreaterThan(0)
    })

    it('ends a read promptly when the job is stopped, with a failure', async () => {
      const table = await largestTable(source, model)
      const job = new AbortController()
      await using stopped = await openSource(job.signal)
      job.abort()
      const failure = await promptly(failureOf(collect(stopped.readRows(table, null))))
      expectNamed(failure, table)
    })

    it('names the table that it cannot read', async () => {
      const table = sampleTable(model.tables[0]!.schema, 'no such table', model.tables[0]!.columns)
      const failure = await failureOf(collect(source.readRows(table, null)))
      expect(failure).toBeInstanceOf(SourceError)
      expectNamed(failure, table)
    })

    it('finds the rows without a parent, and no others', async () => {
      const violations = await collect(source.checkRI(model))
      const found = violations.map(({ foreignKey, rows }) => ({ foreignKey, rows }))
      expect(found).toHaveLength(prepared.orphans?.length ?? 0)
      expect(found).toEqual(expect.arrayContaining([...(prepared.orphans ?? [])]))
      for (const { samples } of violations) expect(samples.length).toBeGreaterThan(0)
    })
  })
}

/** The blocks have all been kept while others were read, so a source that uses its memory again is found out. */
function expectBlocks(table: Table, blocks: readonly RowBlock[]): void {
  let sum = NO_ROWS
  for (const [i, block] of blocks.entries()) {
    const facts = walk(table, [block])
    expect({ rows: block.rows, digest: block.digest }).toEqual(facts)
    expect(block.rows).toBeGreaterThan(0)
    if (block.rows > 1) expect(block.bytes.length).toBeLessThan(BLOCK_BYTES * 2)
    if (i < blocks.length - 1) expect(block.bytes.length).toBeGreaterThan(BLOCK_BYTES / 4)
    sum = addFacts(sum, block)
  }
  expect(walk(table, blocks)).toEqual({ rows: sum.rows, digest: sum.digest })
}

async function largestTable(source: Source, model: SchemaModel): Promise<Table> {
  let largest: { table: Table; rows: number } | undefined
  for (const table of model.tables) {
    let rows = 0
    for await (const block of source.readRows(table, null)) rows += block.rows
    if (rows > (largest?.rows ?? 0)) largest = { table, rows }
  }
  expect(largest, 'the prepared source has a table with rows').toBeDefined()
  return largest!.table
}
