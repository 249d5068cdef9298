import { CannotCarryError, type Context } from '@albackup/core'
import type pg from 'pg'
import type { PostgresConnection, TlsMode } from './connection-settings.ts'
import { Connections, type PostgresServer, reportElsewhere } from './connections.ts'
import { Client } from './driver.ts'
import { codeOf, connectionError } from './server-errors.ts'
import { tlsOptions } from './tls.ts'
import { ReceivingSocket } from './wire/receiving-socket.ts'

/** Oldest server the dialect knows. */
const OLDEST_VERSION = 120000

/** Opens connections to the server. Throws a ConnectionError, or a CannotCarryError when it is too old. */
export async function connect(connection: PostgresConnection, context: Context): Promise<Connections> {
  const address = `${connection.user}@${connection.host}:${connection.port}/${connection.database}`
  const { client, config } = await openFirst(connection, address, context.signal)
  try {
    const server = await readServerFacts(client, address)
    context.debug(`connected to ${address}: PostgreSQL ${server.version}`)
    return new Connections(config, server, address, context)
  } catch (error) {
    throw connectionError(error, address)
  } finally {
    await client.end()
  }
}

/** 'prefer' is what libpq does: encrypted where the server can, else plain. */
async function openFirst(
  connection: PostgresConnection,
  address: string,
  signal: AbortSignal,
): Promise<{ readonly client: pg.Client; readonly config: pg.ClientConfig }> {
  const { sslmode } = connection.options
  const config = clientConfig(connection, sslmode === 'prefer' ? 'require' : sslmode)
  try {
    return { client: await open(config, signal), config }
  } catch (error) {
    if (sslmode !== 'prefer' || codeOf(error) !== undefined || signal.aborted) throw connectionError(error, address)
  }
  const plain = clientConfig(connection, 'disable')
  try {
    return { client: await open(plain, signal), config: plain }
  } catch (error) {
    throw connectionError(error, address)
  }
}

/** An attempt under way ends at once when the signal is aborted, however long the server keeps it waiting. */
async function open(config: pg.ClientConfig, signal: AbortSignal): Promise<pg.Client> {
  // A signal that came before is not heard any more.
  if (signal.aborted) throw new Error('the job was stopped')
  const client = new Client(config)
  reportElsewhere(client)
  const cut = () => client.connection.stream.destroy()
  signal.addEventListener('abort', cut, { once: true })
  try {
    await client.connect()
    return client
  } finally {
    signal.removeEventListener('abort', cut)
  }
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
    // One that is encrypted reads into memory of its own.
    ...(mode === 'disable' && { stream: () => new ReceivingSocket() }),
    options: `-c statement_timeout=${options.statement_timeout} -c lock_timeout=${options.lock_timeout}`,
  }
}

async function readServerFacts(client: pg.Client, address: string): Promise<PostgresServer> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string; standby: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
       current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`,
  )
  const { version, number, encoding, standby } = rows[0]!
  if (number >= OLDEST_VERSION) {
    return { product: 'PostgreSQL', version, edition: null, versionNumber: number, encoding, standby }
  }
  throw new CannotCarryError(`cannot use ${address}: PostgreSQL ${version} is older than 12`, {
    hint: 'Use a newer server.',
  })
}

/** What is restored may have any character. Throws a CannotCarryError. */
export function requireUnicode({ host, port, database }: PostgresConnection, { encoding }: PostgresServer): void {
  if (encoding === 'UTF8') return
  throw new CannotCarryError(
    `cannot restore into ${database} at ${host}:${port}: the database's encoding is ${encoding}, which cannot hold every character`,
    { hint: `Create a database with: create database … encoding 'UTF8' template template0.` },
  )
}
