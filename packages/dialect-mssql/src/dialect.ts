import type { Connection, Context, Dialect, Json, Reader, Source, SourceOptions } from '@albackup/core'
import { type MssqlConnection, parseConnection } from './connection-settings.ts'
import { openReader } from './reader.ts'
import { openSource } from './source.ts'

/** SQL Server 2017 to 2025 and Azure SQL, as a source. */
export const mssql: Dialect = {
  name: 'mssql',
  title: 'Microsoft SQL Server',
  contract: 1,
  parseConnection,
  // A connection of this dialect comes from its own parseConnection.
  openSource: (connection: Connection, context: Context, options?: SourceOptions): Promise<Source> =>
    openSource(connection as MssqlConnection, context, options),
  openReader: (connection: Connection, ticket: Json, context: Context): Promise<Reader> =>
    openReader(connection as MssqlConnection, ticket, context),
}
