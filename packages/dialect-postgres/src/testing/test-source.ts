import {
  type Cell,
  type ConnectionSettings,
  type Context,
  decodeRows,
  type SchemaModel,
  type Source,
  type SourceOptions,
  type Table,
} from '@albackup/core'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from '../index.ts'

/** A database made by a script, and a plain connection that changes it meanwhile. */
export interface TestSource extends AsyncDisposable {
  readonly connection: ConnectionSettings
  run(sql: string): Promise<readonly Record<string, unknown>[]>
  open(options?: SourceOptions, settings?: ConnectionSettings, context?: Partial<Context>): Promise<Source>
}

export const QUIET: Context = { signal: new AbortController().signal, warn() {}, debug() {} }

/** One server for the test file; the function it returns makes a database. */
export function usePostgresSource(): (script: string) => Promise<TestSource> {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.[Symbol.asyncDispose]())
  return async (script) => {
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase() }
    const client = new pg.Client(connection)
    await client.connect()
    await client.query(script)
    return {
      connection,
      run: async (sql) => (await client.query(sql)).rows,
      open: (options, settings, context) =>
        postgres.openSource!(
          postgres.parseConnection({ ...connection, ...settings }),
          { ...QUIET, ...context },
          options,
        ),
      [Symbol.asyncDispose]: () => client.end(),
    }
  }
}

export function tableOf(model: SchemaModel, name: string): Table {
  return model.tables.find((table) => table.name === name)!
}

export async function cellsOf(reader: Pick<Source, 'readRows'>, table: Table): Promise<readonly (readonly Cell[])[]> {
  const rows: Cell[][] = []
  for await (const row of decodeRows(table, reader.readRows(table, null))) rows.push(row)
  return rows
}
