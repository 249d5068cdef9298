import type { LogicalType, SchemaModel, Table, TextType } from '../../packages/core/src/index.ts'
import { textComparison } from '../../packages/dialect-mssql/src/expression-parser.ts'

/** A column of the tables that the views of the tests are of. */
interface ViewTestColumn {
  readonly mssql: string
  readonly logical: LogicalType
}

const CI = 'Latin1_General_CI_AS'
const byLanguage = textComparison(CI)!
const byCharacters = textComparison('Latin1_General_BIN2')!

const text = (length: number, unit: TextType['unit'], fixed = false, comparison = byLanguage): LogicalType => ({
  kind: 'text',
  length,
  unit,
  fixed,
  comparison,
})

const INT: ViewTestColumn = { mssql: 'int', logical: { kind: 'integer', bits: 32, signed: true } }
const SMALL: ViewTestColumn = { mssql: 'smallint', logical: { kind: 'integer', bits: 16, signed: true } }
const BIG: ViewTestColumn = { mssql: 'bigint', logical: { kind: 'integer', bits: 64, signed: true } }
const BIT: ViewTestColumn = { mssql: 'bit', logical: { kind: 'boolean' } }
const DECIMAL: ViewTestColumn = { mssql: 'decimal(10,2)', logical: { kind: 'decimal', precision: 10, scale: 2 } }
const MONEY: ViewTestColumn = { mssql: 'money', logical: { kind: 'decimal', precision: 19, scale: 4 } }
const REAL: ViewTestColumn = { mssql: 'real', logical: { kind: 'float', bits: 32 } }
const DATE: ViewTestColumn = { mssql: 'date', logical: { kind: 'date' } }
const DATETIME: ViewTestColumn = {
  mssql: 'datetime',
  logical: { kind: 'timestamp', precision: 3, step: '1/300 second' },
}
const OFFSET: ViewTestColumn = { mssql: 'datetimeoffset(3)', logical: { kind: 'timestamp-offset', precision: 3 } }
const BYTES: ViewTestColumn = { mssql: 'varbinary(8)', logical: { kind: 'binary', length: 8, fixed: false } }
const GUID: ViewTestColumn = { mssql: 'uniqueidentifier', logical: { kind: 'uuid' } }
const NAME: ViewTestColumn = { mssql: `nvarchar(20) collate ${CI}`, logical: text(20, 'utf16') }
const CITY: ViewTestColumn = { mssql: `varchar(15) collate ${CI}`, logical: text(15, 'bytes') }
const KEY: ViewTestColumn = { mssql: `nchar(5) collate ${CI}`, logical: text(5, 'utf16', true) }
const CODE: ViewTestColumn = {
  mssql: 'varchar(10) collate Latin1_General_BIN2',
  logical: text(10, 'bytes', false, byCharacters),
}

interface ViewTestTable {
  readonly columns: Readonly<Record<string, ViewTestColumn>>
  /** T-SQL literals, in the order of the columns. */
  readonly rows: readonly (readonly string[])[]
}

/** By full name. Rows hold NULLs, empty texts, blanks at the end, duplicates, negatives, and keys that differ in case. */
export const VIEW_TABLES: Readonly<Record<string, ViewTestTable>> = {
  'dbo.Customers': {
    columns: { CustomerID: KEY, Name: NAME, City: CITY, Code: CODE, Active: BIT, Parent: KEY },
    rows: [
      ["N'ALFKI'", "N'Alfred'", "'Berlin'", "'a'", '1', 'null'],
      ["N'ANATR'", "N'Ana '", "'berlin '", "'A'", '0', "N'alfki'"],
      ["N'BOLID'", "N''", 'null', "'a '", 'null', "N'ANATR'"],
      ["N'AB'", 'null', "''", 'null', '1', "N'AB'"],
      ["N'QUICK'", "N'Alfred'", "'Berlin'", "'b'", '1', 'null'],
    ],
  },
  'dbo.Orders': {
    columns: {
      OrderID: INT,
      CustomerID: KEY,
      Freight: MONEY,
      Tax: DECIMAL,
      Ordered: DATETIME,
      Day: DATE,
      Weight: REAL,
    },
    rows: [
      ['1', "N'ALFKI'", '10.5000', '1.05', "'1997-01-31T10:00:00'", "'1997-01-31'", '1.5'],
      ['2', "N'alfki'", '-3.2500', '-1.05', "'1997-12-31T23:59:59.997'", "'1997-12-31'", 'null'],
      ['3', "N'ANATR'", 'null', '0', 'null', 'null', '0'],
      ['4', 'null', '0', 'null', "'1998-05-06T00:00:00'", "'1998-05-06'", '-2'],
      ['5', "N'AB   '", '10.5000', '1.05', "'1997-01-31T10:00:00'", "'1997-01-31'", '1.5'],
      ['6', "N'NONE'", '99.9999', '7.00', "'1996-02-29T12:00:00.003'", "'1996-02-29'", '0.25'],
    ],
  },
  'dbo.Order Details': {
    columns: {
      OrderID: INT,
      ProductID: SMALL,
      Quantity: SMALL,
      Price: MONEY,
      Big: BIG,
      Picked: OFFSET,
      Raw: BYTES,
      Id: GUID,
    },
    rows: [
      [
        '1',
        '1',
        '10',
        '2.5000',
        '3000000000',
        "'2020-01-01T10:00:00+02:00'",
        '0x01',
        "'00000000-0000-0000-0000-000000000001'",
      ],
      ['1', '2', '-10', '2.5000', '-1', 'null', '0x', "'00000000-0000-0000-0000-000000000002'"],
      ['2', '1', 'null', 'null', 'null', "'2020-01-01T08:00:00+00:00'", 'null', 'null'],
      ['3', '2', '7', '0.0001', '7', "'2021-06-01T00:00:00-05:30'", '0x0100', "'00000000-0000-0000-0000-000000000001'"],
      ['3', '2', '7', '0.0001', '7', "'2021-06-01T00:00:00-05:30'", '0x0100', "'00000000-0000-0000-0000-000000000001'"],
    ],
  },
  'sales.Regions': {
    columns: { Nr: INT, Größe: NAME, City: CITY },
    rows: [
      ['1', "N'groß'", "'BERLIN'"],
      ['2', "N'klein'", "'Rome'"],
      ['2', "N'klein'", 'null'],
    ],
  },
}

export const VIEW_MODEL: SchemaModel = {
  dialect: 'mssql',
  database: { name: 'views', collation: CI },
  schemas: [{ name: 'dbo' }, { name: 'sales' }],
  types: [],
  sequences: [],
  tables: Object.entries(VIEW_TABLES).map(([name, table]) => tableOf(name, table)),
  modules: [],
  leftBehind: [],
}

function tableOf(fullName: string, { columns }: ViewTestTable): Table {
  const [schema, name] = fullName.split('.') as [string, string]
  return {
    schema,
    name,
    columns: Object.entries(columns).map(([column, { mssql, logical }]) => ({
      name: column,
      native: { declaration: mssql },
      logical,
      nullable: true,
    })),
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  }
}
