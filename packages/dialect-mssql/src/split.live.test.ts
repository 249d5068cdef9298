import {
  addFacts,
  type Cell,
  decodeRows,
  NO_ROWS,
  type Range,
  type SchemaModel,
  type Source,
  type Table,
} from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from './dialect.ts'
import { contextFor } from './testing/scripted-server.ts'

const server = liveMssql()

/** 2,000 numbers as `n`, from 1. */
const NUMBERS =
  'from (select top (2000) cast(row_number() over (order by a.object_id) as int) as n from sys.all_columns a) s'

/** A key, its columns in order, and the values of its rows out of `n`. */
const KEYS: readonly (readonly [name: string, declarations: readonly string[], values: string])[] = [
  ['tinyints', ['tinyint', 'int'], 'n % 256, n'],
  ['smallints', ['smallint'], 'n - 1000'],
  ['ints', ['int'], '(n - 1000) * 1000003'],
  ['bigints', ['bigint'], 'cast(n - 1000 as bigint) * 9007199254740993'],
  ['decimals', ['decimal(38,10)'], 'cast(n - 1000 as decimal(38,10)) * 1234567890123456.0000000001'],
  ['moneys', ['money'], 'cast(cast(n - 1000 as decimal(19,4)) * 1000003.0001 as money)'],
  ['smallmoneys', ['smallmoney'], 'cast(cast(n - 1000 as decimal(10,4)) * 1.0001 as smallmoney)'],
  ['floats', ['float'], 'cast(n - 1000 as float) / 3'],
  ['reals', ['real'], 'cast(n - 1000 as real) / 7'],
  ['dates', ['date'], "dateadd(day, n * 1400, cast('1800-01-01' as date))"],
  ['times', ['time(7)'], "dateadd(second, n * 43, cast('00:00:00.1234567' as time(7)))"],
  ['datetimes', ['datetime'], "dateadd(ms, n * 7, cast('1753-01-01' as datetime))"],
  ['smalldatetimes', ['smalldatetime'], "dateadd(minute, n, cast('2000-01-01' as smalldatetime))"],
  ['datetime2s', ['datetime2(7)'], "dateadd(ms, n, cast('9999-12-30 23:59:59.1234567' as datetime2(7)))"],
  [
    'zoned',
    ['datetimeoffset(7)'],
    "todatetimeoffset(dateadd(minute, n, cast('2020-01-01 00:00:00.1234567' as datetime2(7))), case when n % 2 = 0 then '+05:00' else '-08:00' end)",
  ],
  ['guids', ['uniqueidentifier'], 'newid()'],
  ['binaries', ['binary(16)'], 'cast(newid() as binary(16))'],
  ['varbinaries', ['varbinary(20)'], 'cast(newid() as varbinary(20))'],
  [
    'nvarchars',
    ['nvarchar(50)'],
    "nchar(65 + n % 26) + case when n % 2 = 0 then N'ö' else N'Z' end + N'''?' + cast(n as nvarchar(9))",
  ],
  [
    'ci',
    ['varchar(50) collate latin1_general_ci_as'],
    "char(65 + n % 26) + case when n % 2 = 0 then 'a' else 'B' end + cast(n as varchar(9))",
  ],
  ['cs', ['nvarchar(50) collate latin1_general_cs_as'], 'nchar(65 + n % 26 + n % 2 * 32) + cast(n as nvarchar(9))'],
  ['bins', ['varchar(50) collate latin1_general_bin2'], 'char(65 + n % 57) + cast(n as varchar(9))'],
  ['chars', ['char(12)'], 'cast(n as char(12))'],
  ['pairs', ['int', 'varchar(10)'], '1, cast(n as varchar(10))'],
  ['skewed', ['int', 'int'], 'case when n < 1900 then 7 else n end, n'],
]

const SCRIPT = KEYS.map(([name, declarations, values]) => {
  const columns = declarations.map((declaration, i) => `k${i} ${declaration} not null`)
  const key = declarations.map((_, i) => `k${i}`)
  const table = `create table ${name}(${columns.join(', ')}, filler char(100) not null, primary key (${key.join(', ')}))`
  return `${table}\ngo\ninsert into ${name} select ${values}, 'x' ${NUMBERS}`
}).join('\ngo\n')

const MORE = `
create table nullable(k int null, filler char(100) null)
go
create unique clustered index nullable_k on nullable(k)
go
insert into nullable select case when n = 1 then null else n end, 'x' ${NUMBERS}
go
create table twins(k int not null, filler char(100) not null)
go
create clustered index twins_k on twins(k)
go
insert into twins select n % 10, 'x' ${NUMBERS}
go
create table heap(k int null, filler char(100))
go
insert into heap select n, 'x' ${NUMBERS}
go
create table tiny(k int not null primary key)
go
insert into tiny values (1), (2), (3)
go
create table empty(k int not null primary key)`

describe.skipIf(server === undefined)('a live table is split into ranges that hold each row once', () => {
  let database: MssqlDatabase
  let source: Source
  let model: SchemaModel

  beforeAll(async () => {
    database = await server!.createDatabase('h4_split')
    await database.run(`${SCRIPT}\ngo\n${MORE}`)
    source = await mssql.openSource!(mssql.parseConnection(database.connection), contextFor())
    model = await source.reflect()
  }, 120_000)

  afterAll(async () => {
    await source?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
  })

  /** A look-alike may say of every index that it is not clustered. */
  function tableOf(name: string): Table {
    const table = model.tables.find((one) => one.name === name)!
    return { ...table, indexes: table.indexes.map((index) => ({ ...index, clustered: true })) }
  }

  async function read(table: Table, range: Range | null) {
    let facts = NO_ROWS
    for await (const block of source.readRows(table, range)) facts = addFacts(facts, block)
    return { rows: facts.rows, digest: facts.digest }
  }

  /** The rows of each range; that they are those of `within`, each once, is expected here. */
  async function split(name: string, targetBytes: number, within: Range | null = null): Promise<readonly number[]> {
    const table = tableOf(name)
    const ranges = await source.split(table, targetBytes, within)
    const parts = []
    for (const range of ranges) parts.push(await read(table, range))
    expect(parts.reduce(addFacts, NO_ROWS)).toEqual(await read(table, within))
    return parts.map(({ rows }) => rows)
  }

  it.each(KEYS.map(([name, declarations]) => ({ name, declarations })))('$name: $declarations', async ({ name }) => {
    const rows = await split(name, 20_000)
    expect(rows.length).toBeGreaterThan(7)
    expect(Math.max(...rows)).toBeLessThan(500)
  })

  it('with NULL in the first of them', async () => {
    const rows = await split('nullable', 20_000)
    expect(rows.length).toBeGreaterThan(7)
  })

  it('as many as its key has values at most', async () => {
    const rows = await split('twins', 5_000)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.length).toBeLessThan(12)
  })

  it.each(['heap', 'tiny', 'empty'])('or leaves it whole: %s', async (name) => {
    expect(await split(name, 20_000)).toHaveLength(1)
  })

  it('within a condition, also one that ends in a comment', async () => {
    const rows = await split('ints', 20_000, { predicate: 'k0 < 0 or k0 = 1000003 -- the first half' })
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.reduce((sum, one) => sum + one)).toBe(1000)
  })

  it('and stays one where the condition leaves few rows', async () => {
    const within = { predicate: 'k0 = 1000003' }
    expect(await source.split(tableOf('ints'), 20_000, within)).toEqual([within])
  })

  it('whose values are where the ranges say', async () => {
    const table = tableOf('ints')
    const ranges = await source.split(table, 20_000, null)
    let last = Number.NEGATIVE_INFINITY
    for (const range of ranges) {
      const keys: Cell[] = []
      for await (const [key] of decodeRows(table, source.readRows(table, range))) keys.push(key!)
      expect(Math.min(...keys.map(Number))).toBeGreaterThan(last)
      last = Math.max(...keys.map(Number))
    }
  })
})
