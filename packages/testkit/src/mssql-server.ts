import type { ConnectionSettings } from '@albackup/core'
import { MssqlSession } from './mssql/mssql-session.ts'
import { liveServerUrl } from './required-servers.ts'

export { MssqlSession } from './mssql/mssql-session.ts'
export { splitBatches } from './mssql/split-batches.ts'

/** A live SQL Server for tests, in which the tests may create and drop databases. */
export interface MssqlServer {
  /** Of the database the URL names, for example master. */
  readonly connection: ConnectionSettings
  /** A new, empty database. Its name begins with `prefix`, and with nothing but the prefix when `exactly` is given. */
  createDatabase(prefix: string, naming?: 'exactly'): Promise<MssqlDatabase>
}

/** Dropped when it is disposed of. */
export interface MssqlDatabase extends AsyncDisposable {
  readonly name: string
  readonly connection: ConnectionSettings
  /** `mssql://user:password@host:port/name?…` */
  readonly url: string
  /** Runs a script of batches between lines of GO on a connection of its own. */
  run(script: string): Promise<void>
  /** The rows of one batch, each as its values in order. */
  query(sql: string): Promise<readonly (readonly unknown[])[]>
}

/**
 * The server of ALBACKUP_TEST_MSSQL_URL; undefined, with one line on stderr, when the variable is not set. Throws an Error
 * then when ALBACKUP_TEST_REQUIRE asks for mssql.
 */
export function liveMssql(): MssqlServer | undefined {
  const url = liveServerUrl('mssql', 'ALBACKUP_TEST_MSSQL_URL')
  return url === undefined ? undefined : mssqlServer(url)
}

/** `url`: `mssql://user:password@host:port/database?encrypt=false`. */
export function mssqlServer(url: string): MssqlServer {
  const connection = parseMssqlUrl(url)
  return {
    connection,
    async createDatabase(prefix, naming) {
      const name = naming === 'exactly' ? prefix : uniqueName(prefix)
      await using session = await MssqlSession.open(connection)
      await session.query(`create database ${bracket(name)}`)
      return scratchDatabase(url, connection, name)
    },
  }
}

export function parseMssqlUrl(text: string): ConnectionSettings {
  const url = new URL(text)
  return {
    host: url.hostname,
    port: Number(url.port || 1433),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'master',
    options: Object.fromEntries([...url.searchParams].map(([name, value]) => [name, optionValue(value)])),
  }
}

function optionValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}

function scratchDatabase(serverUrl: string, server: ConnectionSettings, name: string): MssqlDatabase {
  const connection: ConnectionSettings = { ...server, database: name }
  const url = new URL(serverUrl)
  url.pathname = encodeURIComponent(name)
  return {
    name,
    connection,
    url: url.href,
    async run(script) {
      await using session = await MssqlSession.open(connection)
      await session.run(script)
    },
    async query(sql) {
      await using session = await MssqlSession.open(connection)
      return await session.query(sql)
    },
    [Symbol.asyncDispose]: () => dropDatabase(server, name),
  }
}

const DROP_ATTEMPTS = 20
const DROP_PAUSE_MS = 250

/** A connection that has just been closed may still count as a user of the database. */
async function dropDatabase(server: ConnectionSettings, name: string): Promise<void> {
  await using session = await MssqlSession.open(server)
  for (let attempt = 1; ; attempt++) {
    try {
      await session.query(`drop database if exists ${bracket(name)}`)
      return
    } catch (failure) {
      if (attempt === DROP_ATTEMPTS) throw failure
      await new Promise((resolve) => setTimeout(resolve, DROP_PAUSE_MS))
    }
  }
}

let count = 0

function uniqueName(prefix: string): string {
  return `${prefix}_${process.pid}_${++count}`
}

function bracket(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
