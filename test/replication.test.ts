import type { Module, SchemaModel, Table } from '@albackup/core'
import { MemoryServer, sampleColumn, sampleModel, sampleTable } from '@albackup/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryJob } from './memory-job.ts'

const text = { kind: 'text', length: null, unit: 'utf16', fixed: false } as const

function table(name: string): Table {
  return sampleTable('dbo', name, [sampleColumn('value', text)])
}

function trigger(name: string, on: string, body: string): Module {
  return { kind: 'trigger', schema: 'dbo', name, on: { schema: 'dbo', name: on }, definition: `create trigger ${body}` }
}

const TABLES = ['orders', 'sym_node', 'sym_node_identity', 'sym_node_security', 'sym_trigger_hist', 'sym_data'].map(
  table,
)
const MODEL: SchemaModel = {
  ...sampleModel(TABLES),
  modules: [
    trigger('capture', 'orders', 'insert into dbo.sym_data (value) select value from inserted'),
    trigger('audit', 'orders', 'insert into dbo.audit (value) select value from inserted'),
  ],
}
const ROWS = new Map(TABLES.map(({ name }) => [`dbo.${name}`, [[`of ${name}`]]]))

describe('a replicated database', () => {
  let server: MemoryServer

  beforeEach(async () => {
    server = new MemoryServer()
    await server.createDatabase('shop', MODEL, ROWS)
    await server.createDatabase('target')
  })

  const tablesOf = (database: string) => server.databases.get(database)!.model.tables.map(({ name }) => name)

  it('goes into a backup with its configuration, which a restore leaves out', async () => {
    await using job = await MemoryJob.create(server)
    const { backup, metadata } = await job.dump('shop')
    expect(metadata.files.map((file) => file.table)).toEqual(['orders', 'sym_node', 'sym_node_identity'])
    expect(metadata.model.modules.map(({ name }) => name)).toEqual(['audit'])
    const { advice } = await job.restore(backup, 'target')
    expect(tablesOf('target')).toEqual(['orders'])
    expect(advice[1]).toBe('Nothing of it was restored: this database is no node yet.')
  })

  it('is restored with its configuration on request', async () => {
    await using job = await MemoryJob.create(server)
    const { backup } = await job.dump('shop')
    const { advice } = await job.restore(backup, 'target', { withReplicationConfig: true })
    expect(tablesOf('target')).toEqual(['orders', 'sym_node', 'sym_node_identity'])
    expect(advice[1]).toMatch(/^Its configuration was restored, with the identity of the node \(sym_node_identity\)/)
  })

  it('goes into a backup as it is, or without any of it', async () => {
    await using job = await MemoryJob.create(server)
    const kept = await job.dump('shop', { replication: 'keep' })
    expect(kept.metadata.model).toEqual(MODEL)
    const without = await job.dump('shop', { replication: 'none' })
    expect(without.metadata.model.tables.map(({ name }) => name)).toEqual(['orders'])
  })

  it('can be selected from by names of its own tables, also where the tables that tell it are not selected', async () => {
    await using job = await MemoryJob.create(server)
    const { metadata } = await job.dump('shop', { include: ['orders', 'sym_node*'], exclude: ['sym_node_identity'] })
    expect(metadata.model.tables.map(({ name }) => name)).toEqual(['orders', 'sym_node'])
    expect(metadata.replication?.[0]?.configTables).toEqual([{ schema: 'dbo', name: 'sym_node' }])
  })
})

describe('a dump with a meta-cache', () => {
  it('makes the same backup from the cached model', async () => {
    const server = new MemoryServer()
    await server.createDatabase('shop', MODEL, ROWS)
    await using job = await MemoryJob.create(server)
    const metaCache = `${job.backupDir}/cache`
    const models = []
    for (const scope of [{}, {}, { include: ['orders'] }]) {
      models.push((await job.dump('shop', { metaCache, ...scope })).metadata.model)
    }
    expect(models[1]).toEqual(models[0])
    expect(models[2]?.tables.map(({ name }) => name)).toEqual(['orders'])
    server.databases.get('shop')!.model = { ...MODEL, tables: [...TABLES, table('new')] }
    server.databases.get('shop')!.rows.set('dbo.new', [])
    expect((await job.dump('shop', { metaCache })).metadata.model.tables.map(({ name }) => name)).toContain('new')
  })
})
