/**
 * @albackup/dialect-mssql: SQL Server 2017 to 2025 and Azure SQL for albackup.
 * tedious connects, authenticates and cancels, knex runs the catalog queries; the rows of a table go from the bytes of the wire straight
 * to Avro (wire/), by way of wire/reading-connection.ts. The catalog is read by one query for each family of objects (catalog/).
 */
export { type MssqlConnection, type MssqlOptions, parseConnection } from './connection-settings.ts'
export { mssql } from './dialect.ts'
export { parseExpression } from './expression-parser.ts'
