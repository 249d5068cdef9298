/**
 * @albackup/dialect-postgres: PostgreSQL for albackup.
 * As a target: a plan maps another engine's schema to PostgreSQL's types and says what it cannot; rows go from Avro bytes straight
 * to the binary form of COPY and are proven by reading them back in the same form. As a source: the same way back, in one
 * snapshot. What is where: docs/type-mapping.md for users.
 */
export type { PostgresConnection, PostgresOptions, TlsMode } from './connection-settings.ts'
export { postgres } from './dialect.ts'
export type { PostgresPolicy } from './policy.ts'
