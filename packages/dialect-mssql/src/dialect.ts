import type { Connection, Context, Dialect, Json, Reader, Source, SourceOptions, Target } from '@albackup/core'
import { type MssqlConnection, parseConnection } from './connection-settings.ts'
import { inspect } from './inspect.ts'
import { planForEmpty } from './plan.ts'
import { openReader } from './reader.ts'
import { recreateDatabase } from './recreate-database.ts'
import { openSource } from './source.ts'
import { openTarget } from './target.ts'

/** SQL Server 2017 to 2025 and Azure SQL. */
export const mssql: Dialect = {
  name: 'mssql',
  title: 'Microsoft SQL Server',
  contract: 1,
  // Views, procedures and the like must each begin a batch.
  statementEnd: ';\ngo',
  module: import.meta.url,
  parseConnection,
  // A connection of this dialect comes from its own parseConnection.
  openSource: (connection: Connection, context: Context, options?: SourceOptions): Promise<Source> =>
    openSource(connection as MssqlConnection, context, options),
  openReader: (connection: Connection, ticket: Json, context: Context): Promise<Reader> =>
    openReader(connection as MssqlConnection, ticket, context),
  openTarget: (connection: Connection, context: Context): Promise<Target> =>
    openTarget(connection as MssqlConnection, context),
  planForEmpty,
  inspect,
  recreateDatabase: (connection: Connection, collation: string | null, context: Context): Promise<void> =>
    recreateDatabase(connection as MssqlConnection, collation, context),
}

/** The name under which threads look for it. */
export { mssql as dialect }
