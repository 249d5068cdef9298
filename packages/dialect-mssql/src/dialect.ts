import type { Dialect } from '@albackup/core'
import { type MssqlConnection, parseConnection } from './connection-settings.ts'

/**
 * SQL Server 2017 to 2025 and Azure SQL. Each function imports what it needs when it is called. A connection of this dialect
 * comes from its own parseConnection.
 */
export const mssql: Dialect = {
  name: 'mssql',
  title: 'Microsoft SQL Server',
  contract: 1,
  // Views, procedures and the like must each begin a batch.
  statementEnd: ';\ngo',
  module: import.meta.url,
  parseConnection,
  async openSource(connection, context, options) {
    const { openSource } = await import('./source.ts')
    return openSource(connection as MssqlConnection, context, options)
  },
  async openReader(connection, ticket, context) {
    const { openReader } = await import('./reader.ts')
    return openReader(connection as MssqlConnection, ticket, context)
  },
  async prepare(role) {
    await (role === 'reader' ? import('./reader.ts') : import('./target.ts'))
  },
  async openTarget(connection, context) {
    const { openTarget } = await import('./target.ts')
    return openTarget(connection as MssqlConnection, context)
  },
  async planForEmpty(model, policy) {
    const { planForEmpty } = await import('./plan.ts')
    return planForEmpty(model, policy)
  },
  async inspect(plan) {
    const { inspect } = await import('./inspect.ts')
    return inspect(plan)
  },
  async recreateDatabase(connection, collation, context) {
    const { recreateDatabase } = await import('./recreate-database.ts')
    return recreateDatabase(connection as MssqlConnection, collation, context)
  },
}

/** The name under which threads look for it. */
export { mssql as dialect }
