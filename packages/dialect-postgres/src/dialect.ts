import type { Dialect } from '@albackup/core'
import { type PostgresConnection, parseConnection } from './connection-settings.ts'

/**
 * PostgreSQL 12 and newer, as a source and as a target. Each function imports what it needs when it is called. A connection of
 * this dialect comes from its own parseConnection.
 */
export const postgres: Dialect = {
  name: 'postgres',
  title: 'PostgreSQL',
  aliases: ['postgresql', 'pg'],
  contract: 1,
  module: import.meta.url,
  parseConnection,
  async openSource(connection, context, options) {
    const { openSource } = await import('./source.ts')
    return openSource(connection as PostgresConnection, context, options)
  },
  async openReader(connection, ticket, context) {
    const { openReader } = await import('./reader.ts')
    return openReader(connection as PostgresConnection, ticket, context)
  },
  async prepare(role) {
    await (role === 'reader' ? import('./reader.ts') : import('./session.ts'))
  },
  async openTarget(connection, context) {
    const { openTarget } = await import('./session.ts')
    return openTarget(connection, context)
  },
  async planForEmpty(model, policy) {
    const { planForEmpty } = await import('./plan.ts')
    return planForEmpty(model, policy)
  },
  async inspect(plan) {
    const { inspect } = await import('./inspect.ts')
    return inspect(plan)
  },
}

export { postgres as dialect }
