import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Codec,
  type ConnectionSettings,
  type Context,
  type Dialect,
  type DumpResult,
  dump,
  openBackup,
  type RestoreRequest,
  type RestoreResult,
  restore,
} from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import type { MssqlDatabase } from '@albackup/testkit/mssql-server'
import type { PostgresServer } from '@albackup/testkit/postgres-server'
import pg from 'pg'

/** Dumps from a live SQL Server and restores into a PostgreSQL, with the real dialects. */
export class LiveJob implements AsyncDisposable {
  readonly warnings: string[] = []
  readonly signal = new AbortController().signal
  readonly backupDir: string

  static async create(): Promise<LiveJob> {
    return new LiveJob(await mkdtemp(join(tmpdir(), 'albackup-live-')))
  }

  private constructor(backupDir: string) {
    this.backupDir = backupDir
  }

  async dump(database: Pick<MssqlDatabase, 'name' | 'connection'>, codec: Codec = 'deflate'): Promise<DumpResult> {
    return await this.dumpOf(mssql, { ...database.connection, database: database.name }, codec)
  }

  /** Dumps any database. */
  async dumpOf(dialect: Dialect, settings: ConnectionSettings, codec: Codec = 'deflate'): Promise<DumpResult> {
    const connection = dialect.parseConnection(settings)
    await using source = await dialect.openSource!(connection, this.context())
    return await dump({
      source,
      dialect: dialect.name,
      host: 'live',
      database: connection.database,
      backupDir: this.backupDir,
      codec,
      include: [],
      exclude: [],
      toolVersion: 'test',
      context: this.context(),
      onEvent: () => {},
    })
  }

  /** Restores, with proof, into a new database; the caller ends the client. */
  async restore(
    backup: string,
    server: PostgresServer,
    changes: Partial<RestoreRequest> = {},
  ): Promise<RestoreResult & { readonly client: pg.Client }> {
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase() }
    await using target = await postgres.openTarget!(postgres.parseConnection(connection), this.context())
    const result = await restore({
      backup: await openBackup(backup),
      target,
      policy: {},
      allowRestore: false,
      checkRI: true,
      prove: true,
      failOnLoss: false,
      context: this.context(),
      onEvent: () => {},
      ...changes,
    })
    const client = new pg.Client(connection)
    await client.connect()
    return { ...result, client }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.backupDir, { recursive: true, force: true })
  }

  /** Restores, with proof, into an empty database. */
  async restoreIntoMssql(
    backup: string,
    database: Pick<MssqlDatabase, 'connection'>,
    changes: Partial<RestoreRequest> = {},
  ): Promise<RestoreResult> {
    await using target = await mssql.openTarget!(mssql.parseConnection(database.connection), this.context())
    return await restore({
      backup: await openBackup(backup),
      target,
      policy: {},
      allowRestore: false,
      checkRI: true,
      prove: true,
      failOnLoss: false,
      context: this.context(),
      onEvent: () => {},
      ...changes,
    })
  }

  context(): Context {
    return { signal: this.signal, warn: (message) => this.warnings.push(message), debug: () => {} }
  }
}
