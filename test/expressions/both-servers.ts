import type { MssqlSession } from '@albackup/testkit/mssql-server'
import pg from 'pg'
import { COLUMN_NAMES, COLUMNS, type ColumnName, ROWS } from './columns.ts'

/** A value as a driver gives it, in a form in which those of both drivers compare. */
export type Comparable = null | number | string

const { builtins } = pg.types

/** Makes `dbo."Values"` with the rows of COLUMNS, and a sequence `dbo."Numbers"`. */
export async function fillPostgres(client: pg.Client): Promise<void> {
  const declarations = COLUMN_NAMES.map((name) => `"${name}" ${COLUMNS[name].postgres}`)
  await client.query('create schema dbo')
  await client.query('create sequence dbo."Numbers"')
  await client.query(`create table dbo."Values" ("Nr" integer, ${declarations.join(', ')})`)
  for (let row = 0; row < ROWS; row++) {
    const values = COLUMN_NAMES.map((name) => postgresLiteral(name, COLUMNS[name].values[row]!))
    await client.query(`insert into dbo."Values" values (${row}, ${values.join(', ')})`)
  }
}

/** Makes the same in the SQL Server. */
export async function fillMssql(session: MssqlSession): Promise<void> {
  const declarations = COLUMN_NAMES.map((name) => `[${name}] ${COLUMNS[name].mssql} null`)
  await session.query('create sequence [dbo].[Numbers] start with 1')
  await session.query(`create table [dbo].[Values] ([Nr] int, ${declarations.join(', ')})`)
  for (let row = 0; row < ROWS; row++) {
    const values = COLUMN_NAMES.map((name) => COLUMNS[name].values[row]!)
    await session.query(`insert into [dbo].[Values] values (${row}, ${values.join(', ')})`)
  }
}

function postgresLiteral(name: ColumnName, literal: string): string {
  if (literal === 'null') return literal
  const { kind } = COLUMNS[name].logical
  if (kind === 'boolean') return literal === '1' ? 'true' : 'false'
  if (kind !== 'binary') return literal.replace(/^N/, '')
  const hex = literal.slice(2)
  return `'\\x${name === 'Row' ? hex.padEnd(8, '0') : hex}'`
}

/** One expression's value in each row, or the only one of an expression without columns. */
export async function postgresValues(client: pg.Client, sql: string, alone = false): Promise<readonly Comparable[]> {
  const from = alone ? '' : ' from dbo."Values" order by "Nr"'
  const { rows, fields } = await client.query({ text: `select ${sql}${from}`, rowMode: 'array' })
  const read = READERS.get(fields[0]!.dataTypeID)
  return rows.map(([value]: unknown[]) => comparable(read && typeof value === 'string' ? read(value) : value))
}

/** All rows of a query with all their columns. */
export async function postgresRows(client: pg.Client, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { rows, fields } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
  const readers = fields.map(({ dataTypeID }) => READERS.get(dataTypeID))
  return rows.map((row) =>
    row.map((value, place) => (typeof value === 'string' ? (readers[place]?.(value) ?? value) : value)),
  )
}

export async function mssqlValues(session: MssqlSession, sql: string, alone = false): Promise<readonly Comparable[]> {
  const rows = await session.query(`select ${sql}${alone ? '' : ' from [dbo].[Values] order by [Nr]'}`)
  return rows.map(([value]) => comparable(value))
}

/** Left as text by the client of these tests, and read here as SQL Server's driver reads its own. */
const READERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [builtins.INT8, (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text)],
  [builtins.FLOAT4, (text) => Math.fround(Number(text))],
  [builtins.NUMERIC, Number],
  [builtins.DATE, (text) => new Date(`${text}T00:00:00Z`)],
  [builtins.TIME, (text) => new Date(`1970-01-01T${text}Z`)],
  [builtins.TIMESTAMP, (text) => new Date(`${text.replace(' ', 'T')}Z`)],
  [builtins.TIMESTAMPTZ, (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))],
  [builtins.JSONB, (text) => text],
  [builtins.UUID, (text) => text.toUpperCase()],
])

/** A client that leaves those types as text. */
export async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const getTypeParser = ((type: number, format?: 'text') =>
    READERS.has(type) ? (text: string) => text : pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser
  const client = new pg.Client({ ...config, types: { getTypeParser } })
  await client.connect()
  return client
}

/** As what both drivers give for equal values. */
export function comparable(value: unknown): Comparable {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (Array.isArray(value)) return `{${value.map((element) => element ?? 'NULL').join(',')}}`
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'number') return Object.is(value, -0) ? 0 : value
  const text = String(value)
  return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
}
