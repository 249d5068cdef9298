import {
  type Cell,
  type ConnectionSettings,
  type Context,
  encodeRows,
  type LoadFacts,
  type MappingPolicy,
  type PlannedTable,
  type RestorePlan,
  type SchemaModel,
  type Target,
} from '@albackup/core'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from '../index.ts'

/** A target in a new database of a real server, and a plain connection to look at what it holds. */
export interface TestTarget extends AsyncDisposable {
  readonly target: Target
  readonly connection: ConnectionSettings
  readonly server: PostgresServer
  /** The rows of a query, each value as text or null. */
  rows(sql: string): Promise<readonly (readonly (string | null)[])[]>
  /** The plan of the model, its tables made. */
  createTables(model: SchemaModel, policy?: MappingPolicy): Promise<RestorePlan>
  load(table: PlannedTable, rows: readonly (readonly Cell[])[], refuseLoss?: boolean): Promise<LoadFacts>
}

/** One server for the test file; the function it returns opens a target in an empty database. */
export function usePostgres(): (settings?: ConnectionSettings, context?: Partial<Context>) => Promise<TestTarget> {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.[Symbol.asyncDispose]())
  return async (settings, context) => {
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase(), ...settings }
    return openTestTarget(server, connection, context)
  }
}

async function openTestTarget(
  server: PostgresServer,
  connection: ConnectionSettings,
  context: Partial<Context> = {},
): Promise<TestTarget> {
  const quiet: Context = { signal: new AbortController().signal, warn() {}, debug() {}, ...context }
  const target = await postgres.openTarget!(postgres.parseConnection(connection), quiet)
  const { host, port, user, password, database } = connection
  const client = new pg.Client({ host, port, user, password, database } as pg.ClientConfig)
  await client.connect()
  await client.query(`set timezone = 'UTC'; set bytea_output = 'hex'; set extra_float_digits = 1`)
  return {
    target,
    connection,
    server,
    async rows(sql) {
      const text = { getTypeParser: () => (value: string) => value } as pg.CustomTypesConfig
      return (await client.query<(string | null)[]>({ text: sql, rowMode: 'array', types: text })).rows
    },
    async createTables(model, policy = {}) {
      const plan = await target.plan(model, policy)
      await target.createSchema(plan, 'tables')
      return plan
    },
    load: (table, rows, refuseLoss = false) => target.bulkLoad(table, encodeRows(table.source, rows), { refuseLoss }),
    async [Symbol.asyncDispose]() {
      await client.end()
      await target[Symbol.asyncDispose]()
    },
  }
}
