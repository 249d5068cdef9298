/**
 * @albackup/dialect-postgres: PostgreSQL for albackup.
 * A plan maps another engine's schema to PostgreSQL's types and says what it cannot; rows go from Avro bytes straight to the
 * binary form of COPY and are proven by reading them back in the same form. What is where: docs/type-mapping.md for users.
 */
import type { Dialect } from '@albackup/core'
import { parseConnection } from './connection-settings.ts'
import { openTarget } from './session.ts'

export type { PostgresConnection, PostgresOptions, TlsMode } from './connection-settings.ts'
export type { PostgresPolicy } from './policy.ts'

export const postgres: Dialect = {
  name: 'postgres',
  title: 'PostgreSQL',
  aliases: ['postgresql', 'pg'],
  contract: 1,
  parseConnection,
  openTarget,
}
