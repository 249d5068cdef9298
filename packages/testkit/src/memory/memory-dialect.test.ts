import { describe, expect, it } from 'vitest'
import { collect } from '../collect.ts'
import { describeDialect } from '../conformance/describe-dialect.ts'
import { MANY_ROWS_TABLE, manyRows } from '../sample/many-rows.ts'
import { ORPHANS, sampleDatabase, withOrphans } from '../sample/sample-database.ts'
import { sampleModel } from '../sample/tables.ts'
import { memoryDialect } from './memory-dialect.ts'
import { MemoryServer } from './memory-server.ts'

const server = new MemoryServer()

describeDialect('memory', {
  dialect: memoryDialect(server),
  unreachable: { database: 'not there' },
  async source() {
    const { model, rows } = withOrphans(sampleDatabase())
    const many = new Map([...rows, ['sample.many', [...manyRows(50_000)]]])
    await server.createDatabase('source', { ...model, tables: [...model.tables, MANY_ROWS_TABLE] }, many)
    return { connection: { database: 'source' }, rows, orphans: ORPHANS }
  },
  async target() {
    await server.createDatabase('target')
    return { connection: { database: 'target' } }
  },
})

describe('a memory server', () => {
  const context = { signal: AbortSignal.timeout(60_000), warn() {}, debug() {} }
  const table = 'sample.many'

  async function openSource(memory: MemoryServer) {
    await memory.createDatabase('db', sampleModel([MANY_ROWS_TABLE]), new Map([[table, [...manyRows(30_000)]]]))
    const dialect = memoryDialect(memory)
    return dialect.openSource!(dialect.parseConnection({ database: 'db' }), context)
  }

  it('fails after so many rows when it has that fault', async () => {
    const memory = new MemoryServer()
    memory.faults = [{ kind: 'fail', table, row: 20_000 }]
    const source = await openSource(memory)
    await expect(collect(source.readRows(MANY_ROWS_TABLE, null))).rejects.toThrow('cannot read table "sample"."many"')
  })

  it('lacks the rights it is told to lack, and cannot tell when it is told nothing', async () => {
    const memory = new MemoryServer()
    await memory.createDatabase('db')
    const right = {
      right: 'SELECT',
      severity: 'needed',
      consequence: 'nothing is read',
      grant: 'grant select',
    } as const
    for (const missingRights of [undefined, [], [right]]) {
      const dialect = memoryDialect(memory, missingRights === undefined ? {} : { missingRights })
      for (const open of [dialect.openSource!, dialect.openTarget!]) {
        const session = await open(dialect.parseConnection({ database: 'db' }), context)
        expect(await session.missingRights?.()).toEqual(missingRights)
      }
    }
  })

  it('loses a row in silence when it has that fault', async () => {
    const memory = new MemoryServer()
    const source = await openSource(memory)
    await memory.createDatabase('target')
    const dialect = memoryDialect(memory)
    const target = await dialect.openTarget!(dialect.parseConnection({ database: 'target' }), context)
    const plan = await target.plan(await source.reflect(), {})
    await target.createSchema(plan, 'tables')
    memory.faults = [{ kind: 'lose a row', table }]
    const sent = await target.bulkLoad(plan.tables[0]!, source.readRows(MANY_ROWS_TABLE, null), { refuseLoss: false })
    expect(sent.rows - (await target.digest(plan.tables[0]!)).rows).toBe(1)
  })
})
