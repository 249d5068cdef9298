import type { LogicalType, TextType } from '../../packages/core/src/index.ts'
import { textComparison } from '../../packages/dialect-mssql/src/expression-parser.ts'

/** A column of the table that the expressions refer to. */
export interface TestColumn {
  readonly mssql: string
  readonly postgres: string
  readonly logical: LogicalType
  /** The values of ROWS rows, each a T-SQL literal that PostgreSQL understands too, but for bits and bytes. */
  readonly values: readonly string[]
}

export const ROWS = 6

const INT = { kind: 'integer', bits: 32, signed: true } as const

const byCharacters = textComparison('Latin1_General_BIN2')!
const byLanguage = textComparison('Latin1_General_CI_AS')!

const text = (length: number | null, unit: TextType['unit'], comparison: TextType['comparison']): LogicalType => ({
  kind: 'text',
  length,
  unit,
  fixed: false,
  ...(comparison && { comparison }),
})

export const COLUMNS = {
  Int: { mssql: 'int', postgres: 'integer', logical: INT, values: ['1', '2', '-7', '100', '0', 'null'] },
  Other: { mssql: 'int', postgres: 'integer', logical: INT, values: ['3', '-2', '5', '7', '1', 'null'] },
  Small: {
    mssql: 'smallint',
    postgres: 'smallint',
    logical: { kind: 'integer', bits: 16, signed: true },
    values: ['1', '-1', '32000', '-32000', '0', 'null'],
  },
  Tiny: {
    mssql: 'tinyint',
    postgres: 'smallint',
    logical: { kind: 'integer', bits: 8, signed: false },
    values: ['0', '9', '10', '255', '11', 'null'],
  },
  Big: {
    mssql: 'bigint',
    postgres: 'bigint',
    logical: { kind: 'integer', bits: 64, signed: true },
    values: ['1', '3000000001', '-3000000000', '5', '0', 'null'],
  },
  Bit: {
    mssql: 'bit',
    postgres: 'boolean',
    logical: { kind: 'boolean' },
    values: ['1', '0', '1', '0', '1', 'null'],
  },
  Dec: {
    mssql: 'decimal(10,2)',
    postgres: 'numeric(10,2)',
    logical: { kind: 'decimal', precision: 10, scale: 2 },
    values: ['1.05', '-1.05', '2.50', '-2.50', '100.00', 'null'],
  },
  Money: {
    mssql: 'money',
    postgres: 'numeric(19,4)',
    logical: { kind: 'decimal', precision: 19, scale: 4 },
    values: ['0.0001', '-19.9999', '12.3450', '1000000', '0', 'null'],
  },
  Real: {
    mssql: 'real',
    postgres: 'real',
    logical: { kind: 'float', bits: 32 },
    values: ['0.1', '1.5', '0', '-0.25', '1', 'null'],
  },
  Float: {
    mssql: 'float',
    postgres: 'double precision',
    logical: { kind: 'float', bits: 64 },
    values: ['0.1', '2.25', '0', '1e9', '3.9', 'null'],
  },
  Date: {
    mssql: 'date',
    postgres: 'date',
    logical: { kind: 'date' },
    values: ["'2020-02-29'", "'1999-12-31'", "'2021-01-01'", "'2000-01-31'", "'1900-01-01'", 'null'],
  },
  Time: {
    mssql: 'time(3)',
    postgres: 'time(3)',
    logical: { kind: 'time', precision: 3 },
    values: ["'00:00:00'", "'12:00:00'", "'11:59:59.999'", "'23:59:59.999'", "'08:30:00'", 'null'],
  },
  DateTime: {
    mssql: 'datetime',
    postgres: 'timestamp(3)',
    logical: { kind: 'timestamp', precision: 3, step: '1/300 second' },
    values: [
      "'2020-03-01T08:30:59.997'",
      "'1999-12-31T23:59:59.000'",
      "'2021-01-03T00:00:00.003'",
      "'2000-01-01T00:00:00'",
      "'1900-01-01T12:34:56.787'",
      'null',
    ],
  },
  DateTime2: {
    mssql: 'datetime2(6)',
    postgres: 'timestamp(6)',
    logical: { kind: 'timestamp', precision: 6 },
    values: [
      "'2020-03-01T23:59:59.999999'",
      "'1999-01-01T00:00:00'",
      "'2021-01-04T00:00:00.000001'",
      "'2000-01-01T00:00:00'",
      "'1900-01-01T12:34:56.7'",
      'null',
    ],
  },
  SmallDate: {
    mssql: 'smalldatetime',
    postgres: 'timestamp(0)',
    logical: { kind: 'timestamp', precision: 0, step: 'minute' },
    values: [
      "'2020-02-29T08:30:00'",
      "'1999-12-31T23:59:00'",
      "'2021-01-03T00:00:00'",
      "'2000-01-01T00:00:00'",
      "'1900-01-02T12:34:00'",
      'null',
    ],
  },
  Offset: {
    mssql: 'datetimeoffset(6)',
    postgres: 'timestamp(6) with time zone',
    logical: { kind: 'timestamp-offset', precision: 6 },
    values: [
      "'2020-03-01T23:59:59.5+14:00'",
      "'1999-01-01T00:00:00-08:00'",
      "'2021-01-04T00:00:00+00:00'",
      "'2000-01-01T00:00:00.1+01:30'",
      "'1950-01-01T12:34:56+00:00'",
      'null',
    ],
  },
  Guid: {
    mssql: 'uniqueidentifier',
    postgres: 'uuid',
    logical: { kind: 'uuid' },
    values: [
      "'0e984725-c51c-4bf4-9960-e1c80e27aba0'",
      "'00000000-0000-0000-0000-000000000000'",
      "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
      "'01020304-0506-0708-090a-0b0c0d0e0f10'",
      "'0e984725-c51c-4bf4-9960-e1c80e27aba1'",
      'null',
    ],
  },
  Code: {
    mssql: 'varchar(20) collate Latin1_General_BIN2',
    postgres: 'varchar(20)',
    logical: text(20, 'bytes', byCharacters),
    values: ["'a'", "'A  '", "'ab-12@x.y'", "''", "'abcx'", 'null'],
  },
  Name: {
    mssql: 'varchar(40) collate Latin1_General_CI_AS',
    postgres: 'varchar(40)',
    logical: text(40, 'bytes', byLanguage),
    values: ["'M'", "'f  '", "'123-45-6789'", "' '", "'P-M19901f'", 'null'],
  },
  Title: {
    mssql: 'nvarchar(20) collate Latin1_General_CI_AS',
    postgres: 'varchar(20)',
    logical: text(20, 'utf16', byLanguage),
    values: ["N'x'", "N'X1 '", "N'12%'", "N''", "N'hello'", 'null'],
  },
  Notes: {
    mssql: 'nvarchar(max) collate Latin1_General_CI_AS',
    postgres: 'text',
    logical: text(null, 'utf16', byLanguage),
    values: ["N'Alpha'", "N'b'", "N'line'", "N''", "N'  pad  '", 'null'],
  },
  State: {
    mssql: 'char(4) collate Latin1_General_CI_AS',
    postgres: 'char(4)',
    logical: { kind: 'text', length: 4, unit: 'bytes', fixed: true, comparison: byLanguage },
    values: ["'CA'", "'ca'", "'12'", "''", "'WXYZ'", 'null'],
  },
  Bytes: {
    mssql: 'varbinary(8)',
    postgres: 'bytea',
    logical: { kind: 'binary', length: 8, fixed: false },
    values: ['0x', '0x01', '0x0102030405', '0x00', '0xFFFF', 'null'],
  },
  Row: {
    mssql: 'binary(4)',
    postgres: 'bytea',
    logical: { kind: 'binary', length: 4, fixed: true },
    values: ['0x00000000', '0x01020304', '0xFFFFFFFF', '0x01', '0x02', 'null'],
  },
} as const satisfies Readonly<Record<string, TestColumn>>

export type ColumnName = keyof typeof COLUMNS

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[]
