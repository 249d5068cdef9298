import { type Cell, type Context, decodeRows, fullName, type SchemaModel, type Source } from '@albackup/core'
import { everyTypeRows, everyTypeTable, type SampleDatabase, sampleDatabase, TYPE_SAMPLES } from '@albackup/testkit'
import { describeDialect, type PreparedTarget } from '@albackup/testkit/conformance'
import { liveMssql, type MssqlDatabase, type MssqlServer } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from './index.ts'

const server = liveMssql()
const context: Context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

describe.skipIf(server === undefined)('on a live server', () => {
  describeDialect('mssql', {
    dialect: mssql,
    source: () => prepareFamilies(server!),
    target: () => prepareTarget(server!),
    unreachable: { host: '127.0.0.1', port: 1, user: 'nobody', database: 'nothing' },
  })
})

const FAMILIES = `
create table parents(a int not null, b int not null, primary key (a, b))
go
create table children(id int not null primary key, a int, b int, constraint fk_children foreign key (b, a) references parents(b, a))
go
create table [odd name](id int not null, [select] nvarchar(10), [Größe 名] varchar(10))
go
insert into parents values (1, 2), (3, 4)
go
insert into children values (1, 1, 2), (2, null, 9), (3, 3, 4)
go
insert into [odd name] values (1, N'名', 'x'), (2, null, null)`

async function prepareFamilies(live: MssqlServer) {
  const database = await live.createDatabase('m_conform')
  await database.run(FAMILIES.replace('(b, a) references parents(b, a)', '(a, b) references parents(a, b)'))
  return {
    connection: database.connection,
    rows: new Map<string, readonly (readonly Cell[])[]>([
      [
        'dbo.parents',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        'dbo.children',
        [
          [1, 1, 2],
          [2, null, 9],
          [3, 3, 4],
        ],
      ],
    ]),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

async function prepareTarget(live: MssqlServer): Promise<PreparedTarget> {
  const database = await live.createDatabase('m_target')
  const [[precision]] = (await database.query(
    `select convert(int, sql_variant_property(convert(sql_variant, convert(decimal(5, 2), 1)), 'Precision'))`,
  )) as [[number]]
  return {
    connection: database.connection,
    sample: precision === 5 ? sampleDatabase() : withModestValues(),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/**
 * The server of development does not keep how long the type within a variant is, and now and then takes a decimal of 38 digits
 * for more than it is.
 */
function withModestValues(): SampleDatabase {
  const samples = TYPE_SAMPLES.map((sample) => {
    if (sample.logical.kind === 'variant') return { ...sample, cells: ['{"type":"int","value":"0"}'] }
    if (sample.logical.kind !== 'decimal') return sample
    return { ...sample, cells: sample.cells.filter((cell) => String(cell).replace(/\D/g, '').length < 38) }
  }).filter(({ cells }) => cells.length > 0)
  const table = everyTypeTable(samples)
  const { model, rows } = sampleDatabase()
  const tables = model.tables.map((one) => (one.name === table.name ? table : one))
  return { model: { ...model, tables }, rows: new Map([...rows, [fullName(table), everyTypeRows(samples)]]) }
}

/** A type, literals of it, and how the server writes them down itself; the cell must say the same. */
const TYPES: readonly (readonly [declaration: string, text: string, literals: readonly string[]])[] = [
  ['bit', 'convert(varchar(9), v)', ['0', '1']],
  ['tinyint', 'convert(varchar(9), v)', ['0', '255']],
  ['smallint', 'convert(varchar(9), v)', ['-32768', '32767']],
  ['int', 'convert(varchar(19), v)', ['-2147483648', '2147483647']],
  ['bigint', 'convert(varchar(29), v)', ['-9223372036854775808', '9223372036854775807']],
  [
    'decimal(38,0)',
    'convert(varchar(60), v)',
    ['99999999999999999999999999999999999999', '-99999999999999999999999999999999999999', '0'],
  ],
  ['decimal(38,20)', 'convert(varchar(60), v)', ['999999999999999999.99999999999999999999', '-0.00000000000000000001']],
  ['numeric(9,3)', 'convert(varchar(60), v)', ['999999.999', '-999999.999']],
  [
    'money',
    'convert(varchar(60), convert(decimal(19,4), v))',
    ['-922337203685477.5808', '922337203685477.5807', '0.0001'],
  ],
  ['smallmoney', 'convert(varchar(60), convert(decimal(10,4), v))', ['-214748.3648', '214748.3647']],
  ['date', 'convert(varchar(60), v, 23)', ["'0001-01-01'", "'9999-12-31'", "'2000-02-29'"]],
  [
    'datetime',
    'convert(varchar(60), v, 121)',
    ["'1753-01-01'", "'9999-12-31 23:59:59.997'", "'2026-04-27 15:33:00.003'"],
  ],
  ['smalldatetime', 'convert(varchar(60), v, 120)', ["'1900-01-01'", "'2079-06-06 23:59'"]],
  ['datetime2(0)', 'convert(varchar(19), v, 121)', ["'0001-01-01'", "'9999-12-31 23:59:59'"]],
  ['datetime2(3)', 'convert(varchar(23), v, 121)', ["'0001-01-01 00:00:00.001'", "'9999-12-31 23:59:59.999'"]],
  ['datetime2(6)', 'convert(varchar(26), v, 121)', ["'1969-12-31 23:59:59.999999'", "'9999-12-31 23:59:59.999999'"]],
  ['uniqueidentifier', 'lower(convert(varchar(36), v))', ["'00112233-4455-6677-8899-AABBCCDDEEFF'"]],
  ['nvarchar(20)', 'v', ["N''", "N'Größe 名 😀'", "N'  '"]],
  ['nvarchar(max)', 'v', ["N''", "replicate(convert(nvarchar(max), N'Größe 名 😀 '), 20000)"]],
  ['nchar(4)', 'v', ["N'名'"]],
  ['varchar(20)', 'convert(nvarchar(40), v)', ["''", "'€ü'"]],
  ['varchar(20) collate japanese_ci_as', 'convert(nvarchar(40), v)', ["N'日本語ｱ~'"]],
  ['varchar(20) collate greek_ci_as', 'convert(nvarchar(40), v)', ["N'Ωμέγα'"]],
  ['varchar(max)', 'convert(nvarchar(max), v)', ["replicate(convert(varchar(max), '€ü'), 30000)"]],
  ['char(4)', 'convert(nvarchar(4), v)', ["'é'"]],
  ['ntext', 'convert(nvarchar(max), v)', ["N'名'"]],
  ['text', 'convert(nvarchar(max), v)', ["'é'"]],
  ['varbinary(8)', 'v', ['0x', '0x00ff']],
  ['binary(4)', 'v', ['0x01']],
  ['varbinary(max)', 'v', ['0x', '0x010203']],
]

describe.skipIf(server === undefined)('a live value is read as the server itself writes it down', () => {
  let database: MssqlDatabase
  let source: Source
  let model: SchemaModel

  beforeAll(async () => {
    database = await server!.createDatabase('m_types')
    const tables = TYPES.map(([declaration, , literals], i) => {
      const rows = [...literals, 'null'].map((literal, id) => `insert into t${i} values (${id}, ${literal})`)
      return `create table t${i}(id int not null, v ${declaration})\ngo\n${rows.join('\ngo\n')}`
    })
    await database.run(tables.join('\ngo\n'))
    source = await mssql.openSource!(mssql.parseConnection(database.connection), context)
    model = await source.reflect()
  })

  afterAll(async () => {
    await source?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
  })

  it.each(TYPES.map(([declaration, text], i) => ({ declaration, text, i })))('$declaration', async ({ text, i }) => {
    const table = model.tables.find(({ name }) => name === `t${i}`)!
    const cells: Cell[] = []
    for await (const [, cell] of decodeRows(table, source.readRows(table, null))) cells.push(cell!)
    const expected = await database.query(`select ${text} from t${i} order by id`)
    expect(cells.map(cellText)).toEqual(expected.map(([value]) => cellText(value as Cell)))
  })
})

function cellText(cell: Cell): string | null {
  if (cell === null) return null
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell)
}
