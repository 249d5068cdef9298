import { readFileSync } from 'node:fs'
import {
  type AlbackupError,
  CannotCarryError,
  type Context,
  InterruptedError,
  type ServerFacts,
  UsageError,
} from '@albackup/core'
import pg from 'pg'
import type { PostgresConnection, TlsMode } from './connection-settings.ts'
import { codeOf, connectionError } from './server-errors.ts'

/** Connections of one session; each verb takes one while it works. */
const MOST_CONNECTIONS = 4

/** Oldest server the dialect knows. */
const OLDEST_VERSION = 120000

export interface PostgresServer extends ServerFacts {
  /** As `server_version_num` has it: 150004 for 15.4. */
  readonly versionNumber: number
}

/** The connections to one server. Whatever runs on them ends soon after the context's signal is aborted. */
export class Connections {
  readonly server: PostgresServer
  private readonly pool: pg.Pool
  private readonly config: pg.ClientConfig
  private readonly address: string
  private readonly context: Context

  constructor(config: pg.ClientConfig, server: PostgresServer, address: string, context: Context) {
    this.config = config
    this.server = server
    this.address = address
    this.context = context
    this.pool = new pg.Pool({ ...config, max: MOST_CONNECTIONS, idleTimeoutMillis: 0, onConnect: prepare })
    this.pool.on('error', (error) => context.debug(`an idle connection to ${address} was lost: ${error.message}`))
  }

  /** Runs `work` on a connection of its own. After a failure the connection is closed, so nothing half-done stays open. */
  async use<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    if (this.context.signal.aborted) throw new InterruptedError('interrupted')
    const client = await this.pool.connect().catch((error: unknown) => {
      throw connectionError(error, this.address)
    })
    let cancelled: Promise<void> | undefined
    const cancel = () => {
      cancelled = this.cancel(client)
    }
    this.context.signal.addEventListener('abort', cancel, { once: true })
    let failed = true
    try {
      const result = await work(client)
      failed = false
      return result
    } finally {
      this.context.signal.removeEventListener('abort', cancel)
      await cancelled
      client.release(failed || cancelled !== undefined)
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  /** Asks the server to stop what the connection does; if it cannot be asked, the connection is cut. */
  private async cancel(client: pg.PoolClient): Promise<void> {
    const helper = new pg.Client(this.config)
    reportElsewhere(helper)
    try {
      await helper.connect()
      await helper.query('select pg_cancel_backend($1)', [processIds.get(client)])
    } catch (error) {
      this.context.debug(`cannot cancel a statement at ${this.address}, the connection is cut: ${String(error)}`)
      client.connection.stream.destroy()
    } finally {
      await helper.end()
    }
  }
}

/** Opens connections to the server. Throws a ConnectionError, or a CannotCarryError when the database cannot hold the data. */
export async function connect(connection: PostgresConnection, context: Context): Promise<Connections> {
  const address = `${connection.user}@${connection.host}:${connection.port}/${connection.database}`
  const { client, config } = await openFirst(connection, address)
  try {
    const server = await readServerFacts(client, address)
    context.debug(`connected to ${address}: PostgreSQL ${server.version}`)
    return new Connections(config, server, address, context)
  } finally {
    await client.end()
  }
}

const processIds = new WeakMap<pg.ClientBase, number>()

/** What the role or the database may have set otherwise: no time limit may end a restore that waits for its data. */
const SESSION_SETTINGS = `
  set client_encoding = 'UTF8';
  set idle_in_transaction_session_timeout = 0;
  set xmloption = content;
  set datestyle = 'ISO';
  set timezone = 'UTC'`

async function prepare(client: pg.ClientBase): Promise<void> {
  reportElsewhere(client)
  await client.query(SESSION_SETTINGS)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  processIds.set(client, rows[0]!.pid)
}

/** 'prefer' is what libpq does: encrypted where the server can, else plain. */
async function openFirst(
  connection: PostgresConnection,
  address: string,
): Promise<{ readonly client: pg.Client; readonly config: pg.ClientConfig }> {
  const { sslmode } = connection.options
  const config = clientConfig(connection, sslmode === 'prefer' ? 'require' : sslmode)
  try {
    return { client: await open(config), config }
  } catch (error) {
    if (sslmode !== 'prefer' || codeOf(error) !== undefined) throw connectionError(error, address)
  }
  const plain = clientConfig(connection, 'disable')
  try {
    return { client: await open(plain), config: plain }
  } catch (error) {
    throw connectionError(error, address)
  }
}

async function open(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  reportElsewhere(client)
  await client.connect()
  return client
}

/** A lost connection fails the statement under way, which tells more; as an event without a listener it would end the process. */
function reportElsewhere(client: pg.ClientBase): void {
  client.on('error', () => undefined)
}

function clientConfig(connection: PostgresConnection, mode: Exclude<TlsMode, 'prefer'>): pg.ClientConfig {
  const { host, port, user, database, password, options } = connection
  return {
    host,
    port,
    user,
    database,
    // As a function, so that it is in no dump of the configuration and no environment variable takes its place.
    password: () => password ?? '',
    ssl: tlsOptions(mode, options.sslrootcert),
    application_name: options.application_name,
    connectionTimeoutMillis: options.connectTimeout,
    keepAlive: true,
    options: `-c statement_timeout=${options.statement_timeout} -c lock_timeout=${options.lock_timeout}`,
  }
}

function tlsOptions(mode: Exclude<TlsMode, 'prefer'>, rootCertificate: string | undefined): pg.ClientConfig['ssl'] {
  if (mode === 'disable') return false
  const ca = rootCertificate === undefined ? {} : { ca: readCertificate(rootCertificate) }
  // libpq's 'require' checks the certificate only when it has been given a root to check it against.
  if (mode === 'require')
    return { rejectUnauthorized: rootCertificate !== undefined, checkServerIdentity: anyName, ...ca }
  return mode === 'verify-ca' ? { checkServerIdentity: anyName, ...ca } : { ...ca }
}

function anyName(): undefined {
  return undefined
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`cannot read certificate ${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}

async function readServerFacts(client: pg.Client, address: string): Promise<PostgresServer> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
       current_setting('server_encoding') as encoding`,
  )
  const { version, number, encoding } = rows[0]!
  if (number < OLDEST_VERSION) throw unsuited(address, `PostgreSQL ${version} is older than 12`, 'Use a newer server.')
  if (encoding === 'UTF8') return { product: 'PostgreSQL', version, edition: null, versionNumber: number }
  throw unsuited(
    address,
    `the database's encoding is ${encoding}, which cannot hold every character`,
    `Create a database with: create database … encoding 'UTF8' template template0.`,
  )
}

function unsuited(address: string, reason: string, hint: string): AlbackupError {
  return new CannotCarryError(`cannot restore into ${address}: ${reason}`, { hint })
}
