import type { Connection, Context } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'

/** Where a measured process finds the two servers; the parent puts both into its environment. */
export const MSSQL_URL = 'ALBACKUP_TEST_MSSQL_URL'
export const POSTGRES_URL = 'ALBACKUP_TEST_POSTGRES_URL'
export const DATABASE = 'albackup_bench'
/** On the same server, to restore into. */
export const RESTORED = 'albackup_bench_in'

export function serverUrl(variable: string): URL {
  const text = process.env[variable]
  if (text === undefined)
    throw new Error(`set ${variable}, for example mssql://sa:password@127.0.0.1:1433/master?encrypt=false`)
  return new URL(text)
}

export function mssqlConnection(database: string): Connection {
  return mssql.parseConnection(settings(serverUrl(MSSQL_URL), database))
}

export function postgresConnection(database: string): Connection {
  return postgres.parseConnection(settings(serverUrl(POSTGRES_URL), database))
}

function settings(url: URL, database: string) {
  return {
    host: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    options: Object.fromEntries(url.searchParams),
  }
}

export function quietContext(): Context {
  return { signal: new AbortController().signal, warn: () => {}, debug: () => {} }
}
