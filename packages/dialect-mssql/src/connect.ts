import { createRequire } from 'node:module'
import { ConnectionError, type Context, InterruptedError } from '@albackup/core'
import knex, { type Knex } from 'knex'
import * as tedious from 'tedious'
import { DEFAULT_PORT, type MssqlConnection } from './connection-settings.ts'
import { connectionError } from './server-errors.ts'
import { ReadingConnection } from './wire/reading-connection.ts'

/** knex exports its clients only by their path, and describes none of them. */
const MssqlClient = createRequire(import.meta.url)('knex/lib/dialects/mssql/index.js') as typeof Knex.Client

/** Longer than any dump: a statement waits until the table that is being read is done. */
const WAIT_FOR_CONNECTION_MS = 2 ** 31 - 1

/** The pool would close a connection that is idle while a large file is made durable, and with it the snapshot; how long connecting may take is the driver's to say. */
const NEVER_GIVEN_UP = { idleTimeoutMillis: WAIT_FOR_CONNECTION_MS, createTimeoutMillis: WAIT_FOR_CONNECTION_MS }

const SESSION_OPTIONS = [
  // tedious asks for this as well; here it does not depend on its default.
  'set textsize 2147483647',
  // The count of rows is how a response proves that it is whole; a server may be set up not to send it.
  'set nocount off',
  // So that no text with a date in it means something else than in the catalog.
  'set language us_english',
  'set dateformat ymd',
]

/** knex's client for SQL Server, on our connections; it is the pool and runs the statements, rows do not pass through it. */
class Client extends MssqlClient {
  // The prototype's queue would be shared by every pool of the process.
  readonly requestQueue: unknown[] = []

  _generateConnection(): tedious.ConnectionConfiguration {
    return driverSettings(this.connectionSettings as MssqlConnection)
  }

  override async destroyRawConnection(connection: ReadingConnection): Promise<void> {
    // A connection that was cut has told so already, and would not tell again.
    if (!connection.closed) await super.destroyRawConnection(connection)
  }
}

/** A client whose connections give up connecting when `signal` is aborted. */
function clientStoppedBy(signal: AbortSignal): typeof Client {
  class Connection extends ReadingConnection {
    constructor(settings: tedious.ConnectionConfiguration) {
      super(settings, signal)
    }
  }
  return class extends Client {
    _driver(): unknown {
      return { ...tedious, Connection }
    }
  }
}

/** A database to run statements on, over one connection that is given to one user at a time. */
export class Database {
  readonly name: string
  private readonly pool: Knex
  private readonly server: string
  private readonly signal: AbortSignal

  /** When `signal` is aborted, the statement under way is cancelled. `settings`: what each connection sets besides the usual. */
  constructor(connection: MssqlConnection, signal: AbortSignal, settings: readonly string[] = []) {
    this.signal = signal
    this.name = connection.database
    this.server = serverName(connection)
    this.pool = knex({
      client: clientStoppedBy(signal),
      connection: connection as Knex.StaticConnectionConfig,
      acquireConnectionTimeout: WAIT_FOR_CONNECTION_MS,
      // It would write to the console; what it has to say comes as errors, too.
      log: { warn: () => {}, error: () => {}, deprecate: () => {}, debug: () => {} },
      pool: { min: 0, max: 1, afterCreate: prepareSession(connection, settings, signal), ...NEVER_GIVEN_UP },
    })
  }

  /** The rows of one statement, by the names of its columns. For the catalog: values go through tedious. */
  async query<Row>(sql: string): Promise<readonly Row[]> {
    return this.withConnection((connection) => this.queryOn<Row>(connection, sql))
  }

  /** The same on a connection that was acquired. */
  async queryOn<Row>(connection: ReadingConnection, sql: string): Promise<readonly Row[]> {
    const cancel = () => connection.cancel()
    this.signal.addEventListener('abort', cancel, { once: true })
    try {
      this.signal.throwIfAborted()
      // knex would wait for it to come back.
      if (connection.closed) throw new ConnectionError('the connection was lost')
      // knex takes a question mark for a parameter.
      return await this.pool.raw(sql.replaceAll('?', '\\?')).connection(connection)
    } catch (error) {
      throw this.signal.aborted
        ? new InterruptedError('the job was stopped', { cause: error })
        : withoutStatement(error, sql)
    } finally {
      this.signal.removeEventListener('abort', cancel)
    }
  }

  /** A statement without results, sent as it is. */
  async execute(sql: string): Promise<void> {
    await this.withConnection((connection) => executeBatch(connection, sql, { signal: this.signal }))
  }

  /** Gives the connection to `use` alone; one that was closed meanwhile is replaced for the next user. */
  async withConnection<T>(use: (connection: ReadingConnection) => Promise<T>): Promise<T> {
    const connection: ReadingConnection = await this.acquire()
    try {
      return await use(connection)
    } finally {
      await this.release(connection)
    }
  }

  /** For a use that does not end within one function; `release` must follow. */
  async acquire(): Promise<ReadingConnection> {
    try {
      return await this.pool.client.acquireConnection()
    } catch (error) {
      if (this.signal.aborted) throw new InterruptedError('the job was stopped', { cause: error })
      throw connectionError(this.server, error)
    }
  }

  async release(connection: ReadingConnection): Promise<void> {
    await this.pool.client.releaseConnection(connection)
  }

  async close(): Promise<void> {
    await this.pool.destroy()
  }
}

/** Opens and tries the connection. Throws a ConnectionError. */
export async function connect(
  connection: MssqlConnection,
  context: Context,
  settings: readonly string[] = [],
): Promise<Database> {
  context.debug(`connecting to ${serverName(connection)}`)
  const database = new Database(connection, context.signal, settings)
  try {
    await database.withConnection(async () => {})
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

export interface BatchLimits {
  /** Cancels the batch, which then fails with an InterruptedError. */
  readonly signal?: AbortSignal
  /** Milliseconds, after which it is cancelled and fails with the code ETIMEOUT; default: the connection's own. */
  readonly timeout?: number
}

/** Executes a batch whose results do not matter: unlike through sp_executesql, what it sets stays set. */
export async function executeBatch(
  connection: tedious.Connection,
  sql: string,
  { signal, timeout }: BatchLimits = {},
): Promise<void> {
  const cancel = () => connection.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    signal?.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const request = new tedious.Request(sql, (error) => (error ? reject(error) : resolve()))
      if (timeout !== undefined) request.setTimeout(timeout)
      connection.execSqlBatch(request)
    })
  } catch (error) {
    throw signal?.aborted ? new InterruptedError('the job was stopped', { cause: error }) : error
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

/** knex puts the whole statement in front of the server's message. */
function withoutStatement(error: unknown, sql: string): unknown {
  const prefix = `${sql} - `
  if (error instanceof Error && error.message.startsWith(prefix)) error.message = error.message.slice(prefix.length)
  return error
}

type AfterCreate = (error: unknown, connection: unknown) => void

function prepareSession({ options }: MssqlConnection, settings: readonly string[], signal: AbortSignal) {
  const statements = [...SESSION_OPTIONS, `set lock_timeout ${options.lockTimeout}`, ...settings].join('\n')
  return (connection: ReadingConnection, done: AfterCreate): void => {
    executeBatch(connection, statements, { signal }).then(
      () => done(null, connection),
      (error: unknown) => done(error, connection),
    )
  }
}

function serverName({ host, port, database, options }: MssqlConnection): string {
  const server =
    options.instanceName === undefined ? `${host}:${port ?? DEFAULT_PORT}` : `${host}\\${options.instanceName}`
  return `${server}/${database}`
}

function driverSettings({ host, port, database, user, password, options }: MssqlConnection) {
  const { instanceName, domain, authentication, lockTimeout: _, ...driverOptions } = options
  const login = { userName: user, password, ...(domain !== undefined && { domain }) }
  return {
    server: host,
    authentication: authentication ?? { type: domain === undefined ? 'default' : 'ntlm', options: login },
    options: {
      ...driverOptions,
      database,
      appName: 'albackup',
      useUTC: true,
      ...(instanceName === undefined ? { port: port ?? DEFAULT_PORT } : { instanceName }),
    },
  } as tedious.ConnectionConfiguration
}
