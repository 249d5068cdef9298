import type { Cell, LogicalType } from '@albackup/core'
import { types, values, type WireType } from '@albackup/testkit/tds-replay'

/** One value on its whole way. */
export interface TortureValue {
  /** As SQL Server sends it. */
  readonly wire: Uint8Array
  /** What the backup holds. */
  readonly cell: Exclude<Cell, null>
  /** What PostgreSQL holds, as `::text` says it. */
  readonly postgres: string
  /** The kind of loss it is counted under. */
  readonly loss?: string
}

export interface TortureCase {
  readonly declaration: string
  readonly logical: LogicalType
  readonly type: WireType
  readonly values: readonly TortureValue[]
}

const collations = {
  /** Japanese_CI_AS: code page 932. */
  japanese: Buffer.from('1104d00000', 'hex'),
  /** Cyrillic_General_CI_AS: code page 1251. */
  cyrillic: Buffer.from('1904d00000', 'hex'),
  /** Latin1_General_100_CI_AS_SC_UTF8. */
  utf8: Buffer.from('0904d02400', 'hex'),
}

const text = (length: number | null, unit: 'bytes' | 'utf16', fixed = false): LogicalType => ({
  kind: 'text',
  length,
  unit,
  fixed,
})
const nines = (count: number) => '9'.repeat(count)
const same = (wire: (text: string) => Uint8Array, ...texts: readonly string[]): readonly TortureValue[] =>
  texts.map((value) => ({ wire: wire(value), cell: value, postgres: value }))
const characters = (wire: (text: string) => Uint8Array, ...texts: readonly string[]) => same(wire, ...texts)

function integers(declaration: string, bits: 8 | 16 | 32, least: number, greatest: number): TortureCase {
  const length = (bits / 8) as 1 | 2 | 4
  const write = { 1: values.tinyInt, 2: values.smallInt, 4: values.int }[length]
  return {
    declaration,
    logical: { kind: 'integer', bits, signed: bits !== 8 },
    type: types.intN(length),
    values: [least, 0, 1, greatest].map((value) => ({ wire: write(value), cell: value, postgres: String(value) })),
  }
}

function decimals(precision: number, scale: number, ...texts: readonly string[]): TortureCase {
  return {
    declaration: `decimal(${precision},${scale})`,
    logical: { kind: 'decimal', precision, scale },
    type: types.decimalN(precision, scale),
    values: same((value) => values.decimal(value, precision, scale), ...texts),
  }
}

/** `loss`: the value's last digit is one that PostgreSQL has no place for. */
function timestamps(scale: number, ...texts: readonly (readonly [string, string])[]): TortureCase {
  return {
    declaration: `datetime2(${scale})`,
    logical: { kind: 'timestamp', precision: scale },
    type: types.dateTime2N(scale),
    values: texts.map(([cell, postgres]) => ({
      wire: values.dateTime2(cell, scale),
      cell,
      postgres,
      ...(scale === 7 && !cell.endsWith('0') && { loss: 'seventh-digit' }),
    })),
  }
}

const datetime: TortureCase = {
  declaration: 'datetime',
  logical: { kind: 'timestamp', precision: 3 },
  type: types.dateTimeN(8),
  values: [
    ['1753-01-01 00:00:00.000', '1753-01-01 00:00:00'],
    ['1899-12-31 23:59:59.997', '1899-12-31 23:59:59.997'],
    ['2026-04-27 15:33:00.003', '2026-04-27 15:33:00.003'],
    ['9999-12-31 23:59:59.997', '9999-12-31 23:59:59.997'],
  ].map(([cell, postgres]) => ({ wire: values.dateTime(cell!), cell: cell!, postgres: postgres! })),
}

const smalldatetime: TortureCase = {
  declaration: 'smalldatetime',
  logical: { kind: 'timestamp', precision: 0 },
  type: types.dateTimeN(4),
  values: same(values.smallDateTime, '1900-01-01 00:00:00', '2079-06-06 23:59:00'),
}

const offsets: TortureCase = {
  declaration: 'datetimeoffset(7)',
  logical: { kind: 'timestamp-offset', precision: 7 },
  type: types.dateTimeOffsetN(7),
  values: [
    {
      wire: values.dateTimeOffset('0001-01-01 00:00:00.0000000', 7, 840),
      cell: '0001-01-01 14:00:00.0000000 +14:00',
      postgres: '0001-01-01 00:00:00+00',
    },
    {
      wire: values.dateTimeOffset('9999-12-31 23:59:59.9999999', 7, -840),
      cell: '9999-12-31 09:59:59.9999999 -14:00',
      postgres: '9999-12-31 23:59:59.999999+00',
      loss: 'seventh-digit',
    },
    {
      wire: values.dateTimeOffset('2026-04-27 13:33:00.1234560', 7, 330),
      cell: '2026-04-27 19:03:00.1234560 +05:30',
      postgres: '2026-04-27 13:33:00.123456+00',
    },
  ],
}

const floats: readonly TortureCase[] = [
  {
    declaration: 'float',
    logical: { kind: 'float', bits: 64 },
    type: types.floatN(8),
    values: [
      [-0, '-0'],
      [5e-324, '5e-324'],
      [1.7976931348623157e308, '1.7976931348623157e+308'],
      [0.1, '0.1'],
      [-2.2250738585072014e-308, '-2.2250738585072014e-308'],
    ].map(([cell, postgres]) => ({ wire: values.float(cell as number), cell: cell!, postgres: postgres as string })),
  },
  {
    declaration: 'real',
    logical: { kind: 'float', bits: 32 },
    type: types.floatN(4),
    values: [
      [-0, '-0'],
      [0.5, '0.5'],
      [Math.fround(3.4028235e38), '3.4028235e+38'],
      [Math.fround(0.1), '0.1'],
    ].map(([cell, postgres]) => ({ wire: values.real(cell as number), cell: cell!, postgres: postgres as string })),
  },
]

/** PostgreSQL shows what it holds; U+FFFD stands for what it cannot hold. */
const awkwardTexts: readonly TortureValue[] = [
  ...characters(
    values.utf16,
    '',
    ' ',
    'plain',
    'trailing  ',
    'Größe',
    '名前',
    '😀 emoji',
    '\ufffd',
    '\u0001',
    '\r\n\t',
    "'\\",
  ),
  { wire: values.utf16('nul \0 inside'), cell: 'nul \0 inside', postgres: 'nul \ufffd inside', loss: 'nul-character' },
  {
    wire: values.utf16('lone \ud800 high'),
    cell: 'lone \ud800 high',
    postgres: 'lone \ufffd high',
    loss: 'lone-surrogate',
  },
  { wire: values.utf16('\udc00'), cell: '\udc00', postgres: '\ufffd', loss: 'lone-surrogate' },
]

const long = 'långt 😀 '.repeat(20_000)

const texts: readonly TortureCase[] = [
  { declaration: 'nvarchar(50)', logical: text(50, 'utf16'), type: types.nVarChar(100), values: awkwardTexts },
  {
    declaration: 'nvarchar(max)',
    logical: text(null, 'utf16'),
    type: types.nVarChar('max', { chunkBytes: 1001, unknownLength: true }),
    values: [...awkwardTexts, { wire: values.utf16(long), cell: long, postgres: long }],
  },
  { declaration: 'ntext', logical: text(null, 'utf16'), type: types.nText, values: awkwardTexts },
  {
    declaration: 'nchar(4)',
    logical: text(4, 'utf16', true),
    type: types.nChar(8),
    values: [
      { wire: values.utf16('ab  '), cell: 'ab  ', postgres: 'ab' },
      { wire: values.utf16('😀  '), cell: '😀  ', postgres: '😀' },
    ],
  },
  {
    declaration: 'varchar(20)',
    logical: text(20, 'bytes'),
    type: types.bigVarChar(20),
    values: [
      { wire: values.hex('80'), cell: '€', postgres: '€' },
      { wire: values.hex('81e9ff'), cell: '\u0081éÿ', postgres: '\u0081éÿ' },
      ...characters(values.latin1, '', 'plain', 'Größe'),
      { wire: values.latin1('a\0b'), cell: 'a\0b', postgres: 'a\ufffdb', loss: 'nul-character' },
    ],
  },
  {
    declaration: 'varchar(20)',
    logical: text(20, 'bytes'),
    type: types.bigVarChar(20, collations.japanese),
    values: [
      { wire: values.hex('93fa967b8cea'), cell: '日本語', postgres: '日本語' },
      { wire: values.hex('b1b2b3'), cell: 'ｱｲｳ', postgres: 'ｱｲｳ' },
      // A lead byte with nothing behind it is kept as U+DC00 plus the byte.
      { wire: values.hex('4193'), cell: 'A\udc93', postgres: 'A\ufffd', loss: 'lone-surrogate' },
    ],
  },
  {
    declaration: 'varchar(20)',
    logical: text(20, 'bytes'),
    type: types.bigVarChar(20, collations.cyrillic),
    values: [{ wire: values.hex('cff0e8e2e5f2'), cell: 'Привет', postgres: 'Привет' }],
  },
  {
    declaration: 'varchar(20)',
    logical: text(20, 'bytes'),
    type: types.bigVarChar(20, collations.utf8),
    values: [{ wire: Buffer.from('Größe 😀'), cell: 'Größe 😀', postgres: 'Größe 😀' }],
  },
  {
    declaration: 'text',
    logical: text(null, 'bytes'),
    type: types.text(),
    values: characters(values.latin1, '', 'plain', 'Größe'.repeat(9000)),
  },
]

const binaries: readonly TortureCase[] = [
  {
    declaration: 'varbinary(8)',
    logical: { kind: 'binary', length: 8, fixed: false },
    type: types.bigVarBinary(8),
    values: hexadecimal('', '00', 'ff00ff00ff00ff00'),
  },
  {
    declaration: 'varbinary(max)',
    logical: { kind: 'binary', length: null, fixed: false },
    type: types.bigVarBinary('max', { chunkBytes: 4093 }),
    values: hexadecimal('', '00', 'c0ffee'.repeat(50_000)),
  },
  {
    declaration: 'image',
    logical: { kind: 'binary', length: null, fixed: false },
    type: types.image,
    values: hexadecimal('', '89504e47'),
  },
  {
    declaration: 'geography',
    logical: { kind: 'binary', length: null, fixed: false, content: 'geography' },
    type: types.udt({ database: 'd', schema: 'sys', type: 'geography', assembly: 'Microsoft.SqlServer.Types' }),
    values: hexadecimal('e6100000010c17d9cef753d34740d34d6210585936c0'),
  },
  {
    declaration: 'hierarchyid',
    logical: { kind: 'binary', length: null, fixed: false, content: 'hierarchyid' },
    type: types.udt({ database: 'd', schema: 'sys', type: 'hierarchyid', assembly: 'Microsoft.SqlServer.Types' }),
    values: hexadecimal('', '5ac0'),
  },
  {
    declaration: 'rowversion',
    logical: { kind: 'rowversion' },
    type: types.bigBinary(8),
    values: hexadecimal('00000000000007d1', 'ffffffffffffffff'),
  },
]

function hexadecimal(...texts: readonly string[]): readonly TortureValue[] {
  return texts.map((hex) => ({
    wire: values.hex(hex),
    cell: Uint8Array.from(Buffer.from(hex, 'hex')),
    postgres: `\\x${hex}`,
  }))
}

function variant(base: number, properties: string, value: Uint8Array, type: string, text: string): TortureValue {
  return {
    wire: values.variant(base, values.hex(properties), value),
    cell: JSON.stringify({ type, value: text }),
    postgres: JSON.stringify({ type, value: text })
      .replace('":"', '": "')
      .replace('","', '", "')
      .replace('":"', '": "'),
  }
}

const variants: TortureCase = {
  declaration: 'sql_variant',
  logical: { kind: 'variant' },
  type: types.ssVariant,
  values: [
    variant(0x38, '', values.int(-7), 'int', '-7'),
    variant(0x6c, '2604', values.decimal(`${nines(34)}.9999`, 38, 4), 'numeric(38,4)', `${nines(34)}.9999`),
    variant(0x3c, '', values.money('-922337203685477.5808'), 'money', '-922337203685477.5808'),
    variant(
      0x2b,
      '07',
      values.dateTimeOffset('2026-04-27 13:33:00.1234567', 7, 120),
      'datetimeoffset(7)',
      '2026-04-27 15:33:00.1234567 +02:00',
    ),
    variant(0xe7, '0904d00034c800', values.utf16('Größe'), 'nvarchar(100) collate 0x0904d00034', 'Größe'),
    variant(0xa5, '0a00', values.hex('00ff'), 'varbinary(10)', '0x00ff'),
  ],
}

/** Every type with its least, its greatest and its awkward values. */
export const TORTURE: readonly TortureCase[] = [
  {
    declaration: 'bit',
    logical: { kind: 'boolean' },
    type: types.bitN,
    values: [
      { wire: values.bit(true), cell: true, postgres: 'true' },
      { wire: values.bit(false), cell: false, postgres: 'false' },
    ],
  },
  integers('tinyint', 8, 0, 255),
  integers('smallint', 16, -32768, 32767),
  integers('int', 32, -2147483648, 2147483647),
  {
    declaration: 'bigint',
    logical: { kind: 'integer', bits: 64, signed: true },
    type: types.intN(8),
    values: [-(2n ** 63n), -1n, 0n, 2n ** 53n + 1n, 2n ** 63n - 1n].map((cell) => ({
      wire: values.bigInt(cell),
      cell,
      postgres: String(cell),
    })),
  },
  decimals(38, 0, nines(38), `-${nines(38)}`, '0', '1'),
  decimals(38, 38, `0.${nines(38)}`, `-0.${nines(38)}`, `0.${'0'.repeat(37)}1`, `0.${'0'.repeat(38)}`),
  decimals(28, 10, `${nines(18)}.${nines(10)}`, '-0.0000000001', '100000000.0000000000'),
  decimals(18, 2, '9999999999999999.99', '-9999999999999999.99', '0.01', '10000.00'),
  decimals(9, 4, '99999.9999', '-0.0001', '12345.6000'),
  {
    declaration: 'money',
    logical: { kind: 'decimal', precision: 19, scale: 4 },
    type: types.moneyN(8),
    values: same(values.money, '-922337203685477.5808', '922337203685477.5807', '0.0000', '-0.0001'),
  },
  {
    declaration: 'smallmoney',
    logical: { kind: 'decimal', precision: 10, scale: 4 },
    type: types.moneyN(4),
    values: same(values.smallMoney, '-214748.3648', '214748.3647', '0.0000'),
  },
  ...floats,
  {
    declaration: 'date',
    logical: { kind: 'date' },
    type: types.dateN,
    values: same(values.date, '0001-01-01', '1582-10-10', '2000-02-29', '9999-12-31'),
  },
  {
    declaration: 'time(0)',
    logical: { kind: 'time', precision: 0 },
    type: types.timeN(0),
    values: same((value) => values.time(value, 0), '00:00:00', '23:59:59'),
  },
  {
    declaration: 'time(7)',
    logical: { kind: 'time', precision: 7 },
    type: types.timeN(7),
    values: [
      {
        wire: values.time('23:59:59.9999999', 7),
        cell: '23:59:59.9999999',
        postgres: '23:59:59.999999',
        loss: 'seventh-digit',
      },
      { wire: values.time('00:00:00.0000010', 7), cell: '00:00:00.0000010', postgres: '00:00:00.000001' },
    ],
  },
  smalldatetime,
  datetime,
  timestamps(0, ['0001-01-01 00:00:00', '0001-01-01 00:00:00']),
  timestamps(3, ['9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999']),
  timestamps(6, ['0001-01-01 00:00:00.000001', '0001-01-01 00:00:00.000001']),
  timestamps(
    7,
    ['9999-12-31 23:59:59.9999999', '9999-12-31 23:59:59.999999'],
    ['1969-12-31 23:59:59.9999999', '1969-12-31 23:59:59.999999'],
    ['2026-04-27 15:33:00.1234560', '2026-04-27 15:33:00.123456'],
  ),
  offsets,
  {
    declaration: 'uniqueidentifier',
    logical: { kind: 'uuid' },
    type: types.guid,
    values: same(values.guid, '6f9619ff-8b86-d011-b42d-00c04fc964ff', '00000000-0000-0000-0000-000000000000'),
  },
  ...texts,
  {
    declaration: 'xml',
    logical: { kind: 'xml' },
    type: types.xml(),
    values: characters(values.utf16, '<a b="1">Größe</a>', '<a/><b/>', ''),
  },
  ...binaries,
  variants,
]
