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
  type SchemaModel,
  type Source,
  type Target,
} from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import type { MssqlDatabase } from '@albackup/testkit/mssql-server'
import type { PostgresServer } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { DUMP, RESTORE } from './job-choices.ts'

/** Dumps and restores of live servers, and of servers that replay one, with the real dialects. */
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

  async dump(database: Pick<MssqlDatabase, 'name' | 'connection'>): Promise<DumpResult> {
    return await this.dumpOf(mssql, { ...database.connection, database: database.name })
  }

  /** Dumps any database. */
  async dumpOf(dialect: Dialect, settings: ConnectionSettings): Promise<DumpResult> {
    const connection = dialect.parseConnection(settings)
    await using source = await dialect.openSource!(connection, this.context())
    return await this.dumpFrom(source, dialect, connection.database)
  }

  /** Dumps the rows of a SQL Server that knows nothing of its catalog: it has what the model says. */
  async dumpRows(model: SchemaModel, settings: ConnectionSettings, codec?: Codec): Promise<DumpResult> {
    await using live = await mssql.openSource!(mssql.parseConnection(settings), this.context())
    const catalog: Pick<Source, 'reflect' | 'estimate'> = { reflect: async () => model, estimate: async () => [] }
    return await this.dumpFrom(Object.assign(Object.create(live), catalog), mssql, model.database.name, codec)
  }

  /** Restores into a new database; the caller ends the client. */
  async restore(
    backup: string,
    server: PostgresServer,
    changes: Partial<RestoreRequest> = {},
  ): Promise<RestoreResult & { readonly client: pg.Client }> {
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase() }
    await using target = await postgres.openTarget!(postgres.parseConnection(connection), this.context())
    const result = await this.restoreInto(target, backup, changes)
    const client = new pg.Client(connection)
    await client.connect()
    return { ...result, client }
  }

  /** Restores into an empty database. */
  async restoreIntoMssql(
    backup: string,
    database: Pick<MssqlDatabase, 'connection'>,
    changes: Partial<RestoreRequest> = {},
  ): Promise<RestoreResult> {
    await using target = await mssql.openTarget!(mssql.parseConnection(database.connection), this.context())
    return await this.restoreInto(target, backup, changes)
  }

  context(): Context {
    return { signal: this.signal, warn: (message) => this.warnings.push(message), debug: () => {} }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.backupDir, { recursive: true, force: true })
  }

  private dumpFrom(source: Source, dialect: Dialect, database: string, codec: Codec = DUMP.codec): Promise<DumpResult> {
    const from = { source, dialect: dialect.name, host: 'live', database }
    const { backupDir } = this
    return dump({ ...DUMP, ...from, codec, backupDir, context: this.context(), onEvent: () => {} })
  }

  private async restoreInto(target: Target, path: string, changes: Partial<RestoreRequest>): Promise<RestoreResult> {
    const backup = await openBackup(path)
    return await restore({ ...RESTORE, backup, target, context: this.context(), onEvent: () => {}, ...changes })
  }
}
