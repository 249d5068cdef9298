import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { fillMssql, fillPostgres, mssqlValues, postgresValues } from './both-servers.ts'
import { COLUMN_NAMES, COLUMNS, type TestColumn } from './columns.ts'
import { withMssql, withPostgres } from './opened-servers.ts'
import { ASCII_CHECKS, ASCII_COMPUTED, ASCII_FILTERS, CHECKS, COMPUTED, DEFAULTS, FILTERS } from './pairs.ts'
import { translated } from './translated.ts'

const CONDITIONS = [...CHECKS, ...ASCII_CHECKS, ...FILTERS, ...ASCII_FILTERS]
/** Of some rows. */
const NEGATIVE_LENGTHS: readonly string[] = [
  '(left([Code],[Other]))',
  '(right([Code],[Other]))',
  '(substring([Code],(1),[Other]))',
  "(left([Code],charindex('@',[Code])-(1)))",
]
const VALUES = [...COMPUTED, ...ASCII_COMPUTED]
/** Several texts, of which one has other letters: in PostgreSQL no two collations may be named in one expression. */
const MIXED = [
  ['(upper([Name])+[Title])', 'upper("Name" collate "C") || "Title"'],
  ['(coalesce(upper([Name]),[Title]))', 'coalesce(upper("Name" collate "C"), "Title")'],
  ['(concat(lower([Title]),[Name],[State]))', `concat(lower("Title" collate "C"), "Name", rpad("State"::text, 4))`],
] as const

/** As the mapping `text.ignoreCase: icu` has it. */
function typeOf({ logical, postgres }: TestColumn): string {
  return logical.kind === 'text' && logical.comparison?.caseSensitive === false
    ? `${postgres} collate caseless`
    : postgres
}

const asCondition = ([native, sql]: readonly [string, string]) => [native, sql, { purpose: 'check' }] as const
const asValue = ([native, sql]: readonly [string, string]) => [native, sql, { purpose: 'computed' }] as const

const postgresServer = withPostgres(fillPostgres)

describe('a translated expression', () => {
  it.each(DEFAULTS)('is a default that PostgreSQL takes for %s: %s', async (target, _, sql) => {
    await changed(`alter table dbo."Values" add "Test" ${COLUMNS[target].postgres} default ${sql}`)
  })

  it.each([...CHECKS, ...ASCII_CHECKS])('is a check that PostgreSQL takes: %s', async (_, sql) => {
    await changed(`alter table dbo."Values" add check (${sql}) not valid`)
  })

  it.each(VALUES)('is immutable, as a computed column must be: %s', async (_, sql) => {
    const { rows } = await postgresServer.client.query(
      `select pg_typeof(${sql})::text as type from dbo."Values" limit 1`,
    )
    await changed(`alter table dbo."Values" add "Test" ${rows[0].type} generated always as (${sql}) stored`)
  })

  it.each([...FILTERS, ...ASCII_FILTERS])('is immutable, as a filter must be: %s', async (_, sql) => {
    await changed(`create index on dbo."Values" ("Int") where ${sql}`)
  })

  it('has the same values where columns ignore upper and lower case by themselves', async () => {
    const { client } = postgresServer
    await client.query(
      `create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       create schema caseless; create table caseless."Values" as table dbo."Values"`,
    )
    for (const name of COLUMN_NAMES.filter((each) => typeOf(COLUMNS[each]) !== COLUMNS[each].postgres)) {
      await client.query(`alter table caseless."Values" alter "${name}" type ${typeOf(COLUMNS[name])}`)
    }
    for (const [native, plain, place] of [...CONDITIONS.map(asCondition), ...[...VALUES, ...MIXED].map(asValue)]) {
      const sql = translated(native, { ...place, text: 'ascii', typeOf }) as string
      expect([native, await textsOf('caseless', sql)]).toEqual([native, await textsOf('dbo', plain)])
    }
  })

  async function textsOf(schema: string, sql: string): Promise<unknown> {
    return (await postgresServer.client.query(`select (${sql})::text as value from ${schema}."Values" order by "Nr"`))
      .rows
  }

  async function changed(statement: string): Promise<void> {
    await postgresServer.client.query('begin')
    try {
      await postgresServer.client.query(statement)
    } finally {
      await postgresServer.client.query('rollback')
    }
  }
})

/** What Babelfish, where it stands in for a SQL Server, does otherwise than the Transact-SQL reference says. */
const UNLIKE: ReadonlySet<string> = new Set([
  // It reads no ISO 8601 text in a conversion to datetime or date.
  "('1973-09-03T12:00:01')",
  "(CONVERT([date],'1973-09-03T01:02:03'))",
  "(CONVERT([datetime],'2020-01-02T03:04:05',(126)))",
  "(CONVERT([datetime],'2020-01-02T03:04:05.007',(126)))",
  "(CONVERT([datetime],'2020-01-02T03:04:05Z',(127)))",
  "([DateTime]>=CONVERT([datetime],'1753-01-01T00:00:00',(126)))",
  // It takes @ for one of a class of three ranges and a hyphen.
  "(NOT [Code] like '%[^A-Za-z0-9_-]%')",
  // int is stronger than bit ("Data type precedence").
  '([Bit]=[Int])',
  // Blanks at the end count in a Unicode LIKE, and an escaped % is a per cent sign (LIKE).
  "([Title] like N'%x_')",
  "([Title] like N'%!%%' escape '!')",
  // decimal is stronger than money, and the scales add up ("Precision, scale, and length").
  '([Money]*[Dec])',
  '([Money]+[Dec])',
  '([Money]*(1.5))',
  '([Money]*((1.0)-[Dec]))',
  // The absolute value of a smallint is an int, of a real a float (ABS, "Return types").
  '(abs([Small])*abs([Small]))',
  '(abs([Real])*[Real])',
  // A decimal is rounded to a lesser scale ("CAST and CONVERT").
  '(CONVERT([decimal](8,1),[Dec]))',
  // A number has as many digits behind the point as its type ("Precision, scale, and length").
  '(CONVERT([varchar](20),isnull([Dec],(0))))',
  '(CONVERT([varchar](20),case when [Int]=(1) then (1) else (2.5) end))',
  // An integer that is longer than its text is an asterisk, and as a Unicode text it fails ("CAST and CONVERT").
  "(CONVERT([nvarchar](5),[Small])+N'!')",
  // The first two numbers of a date are in the order of the session (SET DATEFORMAT), and the empty text is 1900-01-01.
  "('31/12/9999')",
  "(N'')",
  "([Date]<>'')",
  // The sign of NULL is NULL, of bigint and money, too (SIGN).
  '(sign([Big]))',
  '(sign([Money])>=(0))',
  // It knows styles of datetime and date only.
  '(CONVERT([varchar](8),[SmallDate],(108)))',
  '(CONVERT([varchar](max),[DateTime2],(103)))',
  // Weeks begin on Sunday (DATEDIFF).
  '(datediff(week,[Date],[DateTime]))',
])

const live = liveMssql()

describe.skipIf(live === undefined)('an expression and its translation', () => {
  const mssqlServer = withMssql(live, 'expressions', fillMssql)

  /** Different at each call by their nature; in the tests above PostgreSQL has taken them. */
  const AMBIENT =
    /getdate|getutcdate|sysdatetime|sysutcdatetime|newid|newsequentialid|user_name|suser_sname|app_name|db_name|NEXT VALUE/

  const constant = DEFAULTS.filter(([, native]) => !AMBIENT.test(native))
  it.for(constant)('give the same default for %s: %s', async ([target, native, sql], { skip }) => {
    skip(isUnlike(native))
    const { mssql, postgres } = COLUMNS[target]
    const expected = await mssqlValues(
      mssqlServer.session,
      `convert(${mssql.replace(/ collate.*/, '')}, ${native})`,
      true,
    )
    expect(await postgresValues(postgresServer.client, `(${sql})::${postgres}`, true)).toEqual(expected)
  })

  it.for(CONDITIONS)('are true, false and unknown for the same rows: %s', async ([native, sql], { skip }) => {
    skip(isUnlike(native))
    const expected = await mssqlValues(mssqlServer.session, `case when ${native} then 1 when not ${native} then 0 end`)
    expect(await postgresValues(postgresServer.client, `case when ${sql} then 1 when not (${sql}) then 0 end`)).toEqual(
      expected,
    )
  })

  it.for(VALUES)('have the same values: %s', async ([native, sql], { skip }) => {
    skip(isUnlike(native))
    const expected = await mssqlValues(mssqlServer.session, native)
    expect(await postgresValues(postgresServer.client, sql)).toEqual(expected)
  })

  it.each(NEGATIVE_LENGTHS)('fail alike where a part of a text has a negative length: %s', async (native) => {
    const sql = translated(native, { purpose: 'check' }) as string
    await expect(mssqlValues(mssqlServer.session, native)).rejects.toThrow()
    await expect(postgresValues(postgresServer.client, sql)).rejects.toThrow()
  })

  function isUnlike(native: string): boolean {
    return mssqlServer.isLookalike && UNLIKE.has(native)
  }
})
