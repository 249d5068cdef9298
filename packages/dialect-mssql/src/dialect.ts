import type { Connection, Context, Dialect, Source } from '@albackup/core'
import { type MssqlConnection, parseConnection } from './connection-settings.ts'
import { openSource } from './source.ts'

/** SQL Server 2017 to 2025 and Azure SQL, as a source. */
export const mssql: Dialect = {
  name: 'mssql',
  title: 'Microsoft SQL Server',
  contract: 1,
  parseConnection,
  // A connection of this dialect comes from its own parseConnection.
  openSource: (connection: Connection, context: Context): Promise<Source> =>
    openSource(connection as MssqlConnection, context),
}
