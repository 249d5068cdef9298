import {
  type Cell,
  type Context,
  decodeRows,
  type LoadFacts,
  type PlannedTable,
  type RowBytes,
  type Table,
} from '@albackup/core'
import type { MssqlDatabase, MssqlServer } from '@albackup/testkit/mssql-server'
import { bulkLoad } from '../bulk-load.ts'
import { connect, type Database } from '../connect.ts'
import { parseConnection } from '../connection-settings.ts'
import { digest } from '../digest.ts'
import { readRows } from '../read-rows.ts'
import { avroRows } from './encode-rows.ts'
import { column } from './read-response.ts'
import { logicalOf } from './target-column.ts'

/** A column of a table that is made for a test: its declaration, and what a create table says after it. */
export interface LoadColumn {
  readonly name: string
  readonly declaration: string
  readonly more?: string
}

/** A database to load into. */
export interface LoadTarget extends AsyncDisposable {
  readonly database: Database
  readonly server: MssqlDatabase
  readonly context: Context
  stop(): void
  /** Makes the table, and the plan to load it. */
  createTable(name: string, columns: readonly LoadColumn[]): Promise<PlannedTable>
  load(table: PlannedTable, rows: readonly (readonly Cell[])[], refuseLoss?: boolean): Promise<LoadFacts>
  loadBlocks(table: PlannedTable, blocks: AsyncIterable<RowBytes>): Promise<LoadFacts>
  digest(table: PlannedTable): ReturnType<typeof digest>
  /** All rows, as a dump would read them. */
  rows(table: PlannedTable): Promise<readonly (readonly Cell[])[]>
}

export async function openLoadTarget(live: MssqlServer): Promise<LoadTarget> {
  const server = await live.createDatabase('m_load')
  const controller = new AbortController()
  const context: Context = { signal: controller.signal, warn() {}, debug() {} }
  const database = await connect(parseConnection(server.connection), context)
  const loadBlocks = (table: PlannedTable, blocks: AsyncIterable<RowBytes>, refuseLoss = false) =>
    bulkLoad(database, table, blocks, { refuseLoss }, context)
  return {
    database,
    server,
    context,
    stop: () => controller.abort(),
    async createTable(name, columns) {
      const list = columns.map((one) => `[${one.name}] ${one.declaration} ${one.more ?? 'null'}`)
      await server.run(`create table dbo.[${name}] (${list.join(', ')})`)
      return plannedTable(name, columns)
    },
    load: (table, rows, refuseLoss) => loadBlocks(table, avroRows(table.source.columns, rows), refuseLoss),
    loadBlocks,
    digest: (table) => digest(database, table, context),
    rows: (table) => readAll(database, table.source, context),
    async [Symbol.asyncDispose]() {
      await database.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

function plannedTable(name: string, columns: readonly LoadColumn[]): PlannedTable {
  const source: Table = {
    schema: 'dbo',
    name,
    columns: columns.map((one) => column(one.name, logicalOf(one.declaration), !one.more?.includes('not null'))),
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  }
  const planned = source.columns.map((one, i) => {
    return { source: one, name: one.name, type: columns[i]!.declaration, exact: true, reason: '' }
  })
  return { source, schema: 'dbo', name, columns: planned }
}

async function readAll(database: Database, table: Table, context: Context): Promise<readonly (readonly Cell[])[]> {
  return database.withConnection(async (connection) => {
    const rows: Cell[][] = []
    for await (const row of decodeRows(table, readRows(connection, table, null, context))) rows.push(row)
    return rows
  })
}
