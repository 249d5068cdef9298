import type { Connection, Context, Dialect, Json, SourceOptions } from '@albackup/core'
import { type PostgresConnection, parseConnection } from './connection-settings.ts'
import { inspect } from './inspect.ts'
import { planForEmpty } from './plan.ts'
import { openReader } from './reader.ts'
import { openTarget } from './session.ts'
import { openSource } from './source.ts'

/** PostgreSQL 12 and newer, as a source and as a target. A connection of this dialect comes from its own parseConnection. */
export const postgres: Dialect = {
  name: 'postgres',
  title: 'PostgreSQL',
  aliases: ['postgresql', 'pg'],
  contract: 1,
  module: import.meta.url,
  parseConnection,
  openSource: (connection: Connection, context: Context, options?: SourceOptions) =>
    openSource(connection as PostgresConnection, context, options),
  openReader: (connection: Connection, ticket: Json, context: Context) =>
    openReader(connection as PostgresConnection, ticket, context),
  openTarget,
  planForEmpty,
  inspect,
}

export { postgres as dialect }
