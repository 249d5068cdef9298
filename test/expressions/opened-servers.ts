import { type MssqlDatabase, type MssqlServer, MssqlSession } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import type pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { connect, mssqlValues } from './both-servers.ts'

/** A database of PostgreSQL for the tests around the call, filled before them and gone after them. */
export function withPostgres(fill: (client: pg.Client) => Promise<void>): { readonly client: pg.Client } {
  let server: PostgresServer
  let client: pg.Client
  beforeAll(async () => {
    server = await startPostgres()
    const { host, port, user, password } = server
    client = await connect({ host, port, user, password, database: await server.createDatabase() })
    await fill(client)
  })
  afterAll(async () => {
    await client.end()
    await server[Symbol.asyncDispose]()
  })
  return {
    get client() {
      return client
    },
  }
}

interface OpenedMssql {
  readonly session: MssqlSession
  /** Babelfish, which stands in for a SQL Server. */
  readonly isLookalike: boolean
}

/** The same of a live SQL Server. Without one there are no tests. */
export function withMssql(
  live: MssqlServer | undefined,
  name: string,
  fill: (session: MssqlSession) => Promise<void>,
): OpenedMssql {
  let database: MssqlDatabase
  let session: MssqlSession
  let isLookalike: boolean
  beforeAll(async () => {
    database = await live!.createDatabase(name)
    session = await MssqlSession.open(database.connection)
    await fill(session)
    isLookalike = (await mssqlValues(session, "serverproperty('BabelfishVersion')", true))[0] !== null
  })
  afterAll(async () => {
    await session[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })
  return {
    get session() {
      return session
    },
    get isLookalike() {
      return isLookalike
    },
  }
}
