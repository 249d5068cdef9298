import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { mssqlValues, postgresValues } from '../expressions/both-servers.ts'
import { withMssql, withPostgres } from '../expressions/opened-servers.ts'
import { catalogText, fillMssql, fillPostgres } from './both-servers.ts'
import { COLUMNS } from './columns.ts'
import {
  ASCII_CHECKS,
  ASCII_COMPUTED,
  ASCII_DEFAULTS,
  CHECKS,
  COMPUTED,
  DEFAULTS,
  FILTERS,
  NOT_UNDERSTOOD,
  PLAIN_CHECKS,
  REFUSED,
} from './pairs.ts'
import { mssqlDeclaration, mssqlType } from './translated.ts'

const ALL_CHECKS = [...CHECKS, ...ASCII_CHECKS]
const ALL_DEFAULTS = [...DEFAULTS, ...ASCII_DEFAULTS]
const ALL_COMPUTED = [...COMPUTED, ...ASCII_COMPUTED]

const postgresServer = withPostgres(fillPostgres)

describe('the catalog text of PostgreSQL', () => {
  const texts = [
    ...ALL_DEFAULTS.map(([target, written, catalog]) => ['default', target, written, catalog] as const),
    ...ALL_COMPUTED.map(([target, written, catalog]) => ['computed', target, written, catalog] as const),
    ...[...ALL_CHECKS, ...PLAIN_CHECKS].map(([written, catalog]) => ['check', null, written, catalog] as const),
    ...FILTERS.map(([written, catalog]) => ['filter', null, written, catalog] as const),
    ...REFUSED.map(([purpose, target, written, catalog]) => [purpose, target, written, catalog] as const),
    ...NOT_UNDERSTOOD,
  ]
  it.each(texts)('is what a %s of %s keeps: %s', async (purpose, target, written, catalog) => {
    expect(await catalogText(postgresServer.client, purpose, written, target ?? undefined)).toBe(catalog)
  })
})

/** What Babelfish, where it stands in for a SQL Server, does otherwise than the Transact-SQL reference says. */
const UNLIKE: ReadonlySet<string> = new Set([
  // Blanks at the end count in a Unicode LIKE (LIKE).
  "title not like '%c'",
  "title like all (array['a%', '%c'])",
  "title ~ 'c$'",
  "title ~ '^a.c$'",
  "name ~ '^.{5}$'",
])

/** What it does not store, for it takes deterministic functions and conversions for others ("Deterministic and nondeterministic functions"). */
const UNSTORED: ReadonlySet<string> = new Set([
  // Decimals become whole numbers.
  'round(rate)',
  'price::int / 10',
  'extract(month from ts)',
  'extract(dow from d)',
  'extract(doy from ts)',
  'sign(price)::int',
  // Timestamps become dates and times, and the other way round.
  'ts::date',
  "(at at time zone 'UTC')::date",
  "date_trunc('month', ts)",
  "coalesce(tod, '12:30:00')",
  'ts::time',
  // Texts are joined.
  "code || ' ' || title",
  "coalesce(code, '') || title",
  "upper(note) || '!'",
  'length(name)',
  'lower(left(name, 1)) || substr(name, 2)',
  'lower(name || note)',
])

const live = liveMssql()

describe.skipIf(live === undefined)('an expression of PostgreSQL and its translation', () => {
  const mssqlServer = withMssql(live, 'expressions_back', async (session) => {
    await session.query('create sequence [dbo].[numbers] start with 1')
    await fillMssql(session, 'Values', mssqlDeclaration)
    await fillMssql(session, 'Plain', mssqlType)
  })

  /** Different at each call by their nature. */
  const AMBIENT = /sysdatetime|sysutcdatetime|newid|newsequentialid|user_name|suser_sname|next value/

  const constant = ALL_DEFAULTS.filter(([, , , sql]) => !AMBIENT.test(sql))
  it.for(constant)('give the same default for %s: %s', async ([target, written, , sql]) => {
    const expected = await postgresValues(postgresServer.client, asStored(target, written), true)
    expect(await mssqlValues(mssqlServer.session, `cast(${sql} as ${mssqlType(target)})`, true)).toEqual(expected)
  })

  it.for(ALL_DEFAULTS)('is a default that SQL Server takes for %s: %s', async ([target, , , sql]) => {
    await mssqlServer.session.query(
      `create table [dbo].[Made] ([nr] int, [made] ${mssqlType(target)} default (${sql}))`,
    )
    await mssqlServer.session.query('insert into [dbo].[Made] ([nr]) values (1)')
    await mssqlServer.session.query('drop table [dbo].[Made]')
  })

  const steady = ALL_CHECKS.filter(([, , sql]) => !AMBIENT.test(sql))
  it.for(steady)('are true, false and unknown for the same rows: %s', async ([written, , sql], { skip }) => {
    skip(mssqlServer.isLookalike && UNLIKE.has(written))
    const expected = await postgresValues(postgresServer.client, truth(written))
    expect(await mssqlValues(mssqlServer.session, truth(sql))).toEqual(expected)
  })

  it.for(PLAIN_CHECKS)('are the same whatever the collation of the database: %s', async ([written, , sql]) => {
    const expected = await postgresValues(postgresServer.client, truth(written))
    const values = await mssqlServer.session.query(`select ${truth(sql)} from [dbo].[Plain] order by [Nr]`)
    expect(values.map(([value]) => value)).toEqual(expected)
  })

  it.for(ALL_CHECKS)('is a check that SQL Server takes: %s', async ([, , sql]) => {
    await mssqlServer.session.query(
      `create table [dbo].[Checked] (${columnsOf(sql)}, constraint [made] check (${sql}))`,
    )
    await mssqlServer.session.query('drop table [dbo].[Checked]')
  })

  it.for(ALL_COMPUTED)('have the same values for %s: %s', async ([target, written, , sql]) => {
    const expected = await postgresValues(postgresServer.client, asStored(target, written))
    expect(await mssqlValues(mssqlServer.session, sql)).toEqual(expected)
  })

  it.for(ALL_COMPUTED)(
    'is a computed column that SQL Server stores for %s: %s',
    async ([, written, , sql], { skip }) => {
      skip(mssqlServer.isLookalike && UNSTORED.has(written))
      await mssqlServer.session.query(`create table [dbo].[Computed] (${columnsOf(sql)}, [made] as (${sql}) persisted)`)
      await mssqlServer.session.query('drop table [dbo].[Computed]')
    },
  )

  it.for(FILTERS)('is the filter of an index: %s', async ([, , sql]) => {
    await mssqlServer.session.query(`create index [made] on [dbo].[Values] ([i]) where ${sql}`)
    await mssqlServer.session.query('drop index [made] on [dbo].[Values]')
  })

  function columnsOf(sql: string): string {
    const names = [...new Set([...sql.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!))].filter(
      (name) => name in COLUMNS,
    )
    return ['[Nr] int', ...names.map((name) => `[${name}] ${mssqlDeclaration(name)} null`)].join(', ')
  }
})

function truth(condition: string): string {
  return `case when ${condition} then 1 when not (${condition}) then 0 end`
}

/** What a backup has of the value in a column; of PostgreSQL's own types that is their text. */
function asStored(target: string, written: string): string {
  const { postgres, logical } = COLUMNS[target]!
  const isText = logical.kind === 'json' || (logical.kind === 'text' && !logical.fixed)
  return `(${written})::${postgres}${isText ? '::text' : ''}`
}
