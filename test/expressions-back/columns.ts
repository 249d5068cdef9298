import type { LogicalType, TextComparison } from '../../packages/core/src/index.ts'

/** A column of the table that the expressions refer to; in SQL Server it has the type that a plan gives it. */
export interface TestColumn {
  readonly postgres: string
  readonly logical: LogicalType
  /** The values of ROWS rows, as PostgreSQL's texts of them. */
  readonly values: readonly (string | null)[]
}

export const ROWS = 9

const BY_CHARACTERS: TextComparison = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false }
const PADDED: TextComparison = { ...BY_CHARACTERS, ignoresTrailingBlanks: true }

const text = (length: number | null): LogicalType => ({
  kind: 'text',
  length,
  unit: 'characters',
  fixed: false,
  comparison: BY_CHARACTERS,
})

/** What only PostgreSQL understands is carried as its text, of which nothing is known. */
const OPAQUE: LogicalType = { kind: 'text', length: null, unit: 'characters', fixed: false }

const integer = (bits: 16 | 32 | 64): LogicalType => ({ kind: 'integer', bits, signed: true })
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })

export const COLUMNS: Readonly<Record<string, TestColumn>> = {
  i: {
    postgres: 'integer',
    logical: integer(32),
    values: ['1', '2', '-7', '100', '0', '2000000', '-2000000', '5', null],
  },
  j: { postgres: 'integer', logical: integer(32), values: ['3', '-2', '5', '7', '1', '9', '4', null, '6'] },
  small: {
    postgres: 'smallint',
    logical: integer(16),
    values: ['1', '-1', '32767', '-32768', '0', '9', '10', '7', null],
  },
  big: {
    postgres: 'bigint',
    logical: integer(64),
    values: ['1', '3000000001', '-3000000000', '5', '0', '12', '100', '-1', null],
  },
  active: {
    postgres: 'boolean',
    logical: { kind: 'boolean' },
    values: ['true', 'false', 'true', 'false', 'true', null, 'false', 'true', null],
  },
  locked: {
    postgres: 'boolean',
    logical: { kind: 'boolean' },
    values: ['true', 'true', 'false', 'false', null, null, 'false', 'true', 'true'],
  },
  price: {
    postgres: 'numeric(10,2)',
    logical: decimal(10, 2),
    values: ['1.05', '-1.05', '2.50', '-2.50', '9999999.99', '0.00', '0.01', '10.50', null],
  },
  rate: {
    postgres: 'numeric(5,4)',
    logical: decimal(5, 4),
    values: ['0.0050', '9.9999', '-9.9999', '0.1900', '1.0000', '0.0000', '0.5000', '-0.5000', null],
  },
  r: {
    postgres: 'real',
    logical: { kind: 'float', bits: 32 },
    values: ['0.1', '1.5', '0', '-0.25', '1', '100', '16777216', '2.5', null],
  },
  f: {
    postgres: 'double precision',
    logical: { kind: 'float', bits: 64 },
    values: ['0.1', '2.25', '0', '1e9', '3.9', '2.5', '0.5', '144', null],
  },
  d: {
    postgres: 'date',
    logical: { kind: 'date' },
    values: [
      '2020-02-29',
      '1999-12-31',
      '2021-01-01',
      '2000-01-31',
      '1900-01-01',
      '9998-12-31',
      '1753-01-02',
      '2024-07-15',
      null,
    ],
  },
  until: {
    postgres: 'date',
    logical: { kind: 'date' },
    values: [
      '2020-03-01',
      '1999-12-30',
      '2021-01-01',
      '2000-03-31',
      '1901-01-01',
      '9999-12-31',
      '1753-01-03',
      null,
      '2024-07-15',
    ],
  },
  tod: {
    postgres: 'time',
    logical: { kind: 'time', precision: 6 },
    values: [
      '00:00:00',
      '12:00:00',
      '11:59:59.999999',
      '23:59:59.999999',
      '08:30:00',
      '06:05:04.5',
      '17:00:00',
      '12:00:00.000001',
      null,
    ],
  },
  ts: {
    postgres: 'timestamp',
    logical: { kind: 'timestamp', precision: 6 },
    values: [
      '2020-03-01 23:59:59.999999',
      '1999-01-31 00:00:00',
      '2021-01-04 00:00:00.000001',
      '2000-02-29 12:00:00',
      '1900-01-01 12:34:56.7',
      '2024-12-31 23:00:00',
      '1753-01-03 00:00:01',
      '2024-07-15 10:20:30',
      null,
    ],
  },
  ts3: {
    postgres: 'timestamp(3)',
    logical: { kind: 'timestamp', precision: 3 },
    values: ['2020-03-01 23:59:59.999', '1999-01-31 00:00:00', null, null, null, null, null, null, null],
  },
  at: {
    postgres: 'timestamptz',
    logical: { kind: 'instant', precision: 6 },
    values: [
      '2020-03-01 23:59:59.5+14:00',
      '1999-01-01 00:00:00-08:00',
      '2021-01-04 00:00:00+00:00',
      '2000-01-01 00:00:00.1+01:30',
      '1950-01-01 12:34:56+00:00',
      '2024-12-31 23:00:00+00:00',
      '2024-02-29 00:00:00+00:00',
      '2024-07-15 10:20:30.123456+00:00',
      null,
    ],
  },
  u: {
    postgres: 'uuid',
    logical: { kind: 'uuid' },
    values: [
      '0e984725-c51c-4bf4-9960-e1c80e27aba0',
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '01020304-0506-0708-090a-0b0c0d0e0f10',
      '0e984725-c51c-4bf4-9960-e1c80e27aba1',
      '0e984725-c51c-4bf4-9960-e1c80e27aba2',
      '0e984725-c51c-4bf4-9960-e1c80e27aba3',
      '0e984725-c51c-4bf4-9960-e1c80e27aba4',
      null,
    ],
  },
  /** Any characters. */
  title: {
    postgres: 'text',
    logical: text(null),
    values: ['abc', 'ABC', 'abc ', '', ' ', 'été 😀', '100%', 'x[y]_z', null],
  },
  code: {
    postgres: 'varchar(20)',
    logical: text(20),
    values: ['a', 'A', 'a  ', '', 'b', 'straße', 'x_y', 'ab-12', null],
  },
  /** Printable ASCII. */
  name: {
    postgres: 'varchar(40)',
    logical: text(40),
    values: ['Alpha', 'alpha', '  pad  ', '', ' ', 'a_b%c', 'x@example.com', '[q]\\w', null],
  },
  note: {
    postgres: 'text',
    logical: text(null),
    values: ['Alpha', 'ALPHA', 'pad', 'x', '', 'a', 'hello world', 'tail ', null],
  },
  state: {
    postgres: 'character(4)',
    logical: { kind: 'text', length: 4, unit: 'characters', fixed: true, comparison: PADDED },
    values: ['CA', 'ca', '12', '', 'WXYZ', 'A', 'NY', 'C A', null],
  },
  data: {
    postgres: 'bytea',
    logical: { kind: 'binary', length: null, fixed: false },
    values: ['\\x', '\\x01', '\\x0102030405', '\\x00', '\\xffff', '\\x2020', '\\x61', '\\x6100', null],
  },
  doc: {
    postgres: 'jsonb',
    logical: { kind: 'json' },
    values: ['{}', '[]', '1', '"a"', '{"a": 1}', 'null', 'true', '[1, 2]', null],
  },
  mood: {
    postgres: 'dbo.mood',
    logical: text(null),
    values: ['sad', 'ok', 'happy', 'sad', 'ok', 'happy', 'sad', 'ok', null],
  },
  tags: {
    postgres: 'text[]',
    logical: OPAQUE,
    values: ['{}', '{a}', '{a,b}', '{"x y"}', '{NULL}', '{c}', '{d}', '{e}', null],
  },
  amount: {
    postgres: 'numeric',
    logical: OPAQUE,
    values: ['1', '1.5', '-2', 'NaN', '0', '12345678901234567890.123456789', '3', '4', null],
  },
  span: {
    postgres: 'int4range',
    logical: OPAQUE,
    values: ['empty', '[1,5)', '[2,3)', '(,)', '[1,)', '[7,9)', '[0,1)', '[5,6)', null],
  },
  wait: {
    postgres: 'interval',
    logical: OPAQUE,
    values: ['1 day', '2 mons', '01:00:00', '00:00:00', '1 year', '3 days', '00:00:01', '-1 days', null],
  },
}

export const COLUMN_NAMES = Object.keys(COLUMNS)
