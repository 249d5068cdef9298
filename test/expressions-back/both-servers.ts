import type { MssqlSession } from '@albackup/testkit/mssql-server'
import type pg from 'pg'
import { COLUMN_NAMES, COLUMNS, ROWS } from './columns.ts'

/** Makes `dbo."Values"` with the rows of COLUMNS, and what its types and defaults need; catalog texts are read as a dump reads them. */
export async function fillPostgres(client: pg.Client): Promise<void> {
  const declarations = COLUMN_NAMES.map((name) => `${name} ${COLUMNS[name]!.postgres}`)
  await client.query(
    `create schema dbo; create sequence dbo.numbers; create type dbo.mood as enum ('sad', 'ok', 'happy')`,
  )
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; set search_path = ''`)
  await client.query(`create table dbo."Values" ("Nr" integer, ${declarations.join(', ')})`)
  const places = COLUMN_NAMES.map((_, index) => `$${index + 2}`).join(', ')
  for (let row = 0; row < ROWS; row++) {
    const values = COLUMN_NAMES.map((name) => COLUMNS[name]!.values[row]!)
    await client.query(`insert into dbo."Values" values ($1, ${places})`, [row, ...values])
  }
}

/** Makes the same in the SQL Server, in types that a plan chooses: those of `declare`. */
export async function fillMssql(
  session: MssqlSession,
  table: 'Values' | 'Plain',
  declare: (name: string) => string,
): Promise<void> {
  const declarations = COLUMN_NAMES.map((name) => `[${name}] ${declare(name)} null`)
  await session.query(`create table [dbo].[${table}] ([Nr] int, ${declarations.join(', ')})`)
  for (let row = 0; row < ROWS; row++) {
    const values = COLUMN_NAMES.map((name) => mssqlLiteral(name, COLUMNS[name]!.values[row]!))
    await session.query(`insert into [dbo].[${table}] values (${row}, ${values.join(', ')})`)
  }
}

function mssqlLiteral(name: string, value: string | null): string {
  if (value === null) return 'null'
  const { logical } = COLUMNS[name]!
  switch (logical.kind) {
    case 'boolean':
      return value === 'true' ? '1' : '0'
    case 'integer':
    case 'decimal':
    case 'float':
      return value
    case 'binary':
      return `0x${value.slice(2)}`
    case 'instant':
      return `'${value.replace(/([+-]\d\d:\d\d)$/, ' $1')}'`
    case 'text':
      return `N'${logical.fixed ? value.padEnd(logical.length ?? 0) : value}'`
    default:
      return `'${value}'`
  }
}

/** The words that make the object whose expression it is, and the query that reads the expression back. */
const CATALOG = {
  default: [
    (written: string, target: string) => `alter column ${target} set default ${written}`,
    'select pg_get_expr(adbin, adrelid) from pg_attrdef',
  ],
  computed: [
    (written: string, target: string) =>
      `add made ${COLUMNS[target]!.postgres} generated always as (${written}) stored`,
    'select pg_get_expr(adbin, adrelid) from pg_attrdef',
  ],
  check: [
    (written: string) => `add constraint made check (${written}) not valid`,
    "select pg_get_expr(conbin, conrelid) from pg_constraint where conname = 'made'",
  ],
} as const

/** What PostgreSQL's catalog makes of an expression as people write it. */
export async function catalogText(
  client: pg.Client,
  purpose: 'default' | 'computed' | 'check' | 'filter',
  written: string,
  target = '',
): Promise<string> {
  await client.query('begin')
  try {
    await client.query("set local search_path = 'dbo'")
    const filter = 'select pg_get_expr(indpred, indrelid) from pg_index where indpred is not null'
    const [sql, read] =
      purpose === 'filter'
        ? [`create index on dbo."Values" (i) where ${written}`, filter]
        : [`alter table dbo."Values" ${CATALOG[purpose][0](written, target)}`, CATALOG[purpose][1]]
    await client.query(sql)
    await client.query("set local search_path = ''")
    const { rows } = await client.query<[string]>({ text: read, rowMode: 'array' })
    return rows[0]![0]
  } finally {
    await client.query('rollback')
  }
}
