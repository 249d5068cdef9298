import type { Cell, LogicalType } from '@albackup/core'
import { colMetadata, done, nbcRow, row, types, values, type WireType } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { column, readResponse } from '../testing/read-response.ts'

interface Case {
  readonly name: string
  readonly logical: LogicalType
  readonly type: WireType
  readonly values: readonly (readonly [wire: Uint8Array, cell: Cell])[]
  /** A type without a length cannot be NULL. */
  readonly notNull?: true
}

const NINES = '9'.repeat(38)
const hex = values.hex
const utf8 = (text: string) => Buffer.from(text, 'utf8')

const integer = (bits: 8 | 16 | 32 | 64): LogicalType => ({ kind: 'integer', bits, signed: bits !== 8 })
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const text = (unit: 'bytes' | 'utf16'): LogicalType => ({ kind: 'text', length: 100, unit, fixed: false })
const BINARY: LogicalType = { kind: 'binary', length: null, fixed: false }

const collations = {
  greek: hex('0804d00000'),
  thai: hex('1e04d00000'),
  japanese: hex('1104d00000'),
  chinese: hex('0408d00000'),
  cp437: hex('0904d0001e'),
  utf8: hex('0904d02400'),
}

function decimals(precision: number, scale: number, ...texts: readonly string[]): Case {
  return {
    name: `decimal(${precision},${scale})`,
    logical: decimal(precision, scale),
    type: types.decimalN(precision, scale),
    values: texts.map((value) => [values.decimal(value, precision, scale), value]),
  }
}

function timestamps(scale: number, ...texts: readonly string[]): Case {
  return {
    name: `datetime2(${scale})`,
    logical: { kind: 'timestamp', precision: scale },
    type: types.dateTime2N(scale),
    values: texts.map((value) => [values.dateTime2(value, scale), value]),
  }
}

function times(scale: number, ...texts: readonly string[]): Case {
  return {
    name: `time(${scale})`,
    logical: { kind: 'time', precision: scale },
    type: types.timeN(scale),
    values: texts.map((value) => [values.time(value, scale), value]),
  }
}

function offsets(scale: number, ...rows: readonly (readonly [utc: string, offset: number, cell: string])[]): Case {
  return {
    name: `datetimeoffset(${scale})`,
    logical: { kind: 'timestamp-offset', precision: scale },
    type: types.dateTimeOffsetN(scale),
    values: rows.map(([utc, offset, cell]) => [values.dateTimeOffset(utc, scale, offset), cell]),
  }
}

const awkwardText = [
  '',
  ' ',
  'a',
  'NUL \0 inside',
  'Größe',
  '名前',
  '😀',
  '\u{10ffff}',
  '\ud800',
  '\udc00x',
  'x\ud83d',
  '\udc00\ud800',
]
const utf16Values = [...awkwardText, 'x'.repeat(63), 'x'.repeat(64), 'é'.repeat(40), '名'.repeat(30)]

const CASES: readonly Case[] = [
  {
    name: 'bit',
    logical: { kind: 'boolean' },
    type: types.bitN,
    values: [
      [hex('00'), false],
      [hex('01'), true],
    ],
  },
  { name: 'bit not null', logical: { kind: 'boolean' }, type: types.bit, values: [[hex('01'), true]], notNull: true },
  {
    name: 'tinyint',
    logical: integer(8),
    type: types.intN(1),
    values: [
      [hex('00'), 0],
      [hex('80'), 128],
      [hex('ff'), 255],
    ],
  },
  { name: 'tinyint not null', logical: integer(8), type: types.tinyInt, values: [[hex('ff'), 255]], notNull: true },
  {
    name: 'smallint',
    logical: integer(16),
    type: types.intN(2),
    values: [-32768, -1, 0, 32767].map((value) => [values.smallInt(value), value]),
  },
  {
    name: 'int',
    logical: integer(32),
    type: types.intN(4),
    values: [-2147483648, -1, 0, 63, 64, 2147483647].map((value) => [values.int(value), value]),
  },
  { name: 'int not null', logical: integer(32), type: types.int, values: [[values.int(-7), -7]], notNull: true },
  {
    name: 'bigint',
    logical: integer(64),
    type: types.intN(8),
    values: [-(2n ** 63n), -(2n ** 32n), -1n, 0n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n].map((value) => [
      values.bigInt(value),
      value,
    ]),
  },
  {
    name: 'bigint not null',
    logical: integer(64),
    type: types.bigInt,
    values: [[values.bigInt(5n), 5n]],
    notNull: true,
  },
  decimals(38, 0, NINES, `-${NINES}`, '0', '1', '-1', '255', '-255', '-256', '128', '-128', '-129'),
  decimals(38, 38, `0.${NINES}`, `-0.${NINES}`),
  decimals(9, 2, '9999999.99', '-9999999.99', '0.00', '-0.01'),
  decimals(19, 4, '123456789012345.6789', '-123456789012345.6789'),
  decimals(28, 10, '999999999999999999.9999999999'),
  {
    name: 'numeric',
    logical: decimal(10, 2),
    type: types.numericN(10, 2),
    values: [[values.decimal('-12.50', 10, 2), '-12.50']],
  },
  {
    name: 'decimal announced with another scale',
    logical: decimal(10, 2),
    type: types.decimalN(38, 6),
    values: [
      [values.decimal('-12.500000', 38, 6), '-12.50'],
      [values.decimal('99999999.990000', 38, 6), '99999999.99'],
    ],
  },
  {
    name: 'money',
    logical: decimal(19, 4),
    type: types.moneyN(8),
    values: ['-922337203685477.5808', '922337203685477.5807', '0.0000', '-0.0001', '429496.7296', '-429496.7296'].map(
      (value) => [values.money(value), value],
    ),
  },
  {
    name: 'money not null',
    logical: decimal(19, 4),
    type: types.money,
    values: [[values.money('1.5000'), '1.5000']],
    notNull: true,
  },
  {
    name: 'smallmoney',
    logical: decimal(10, 4),
    type: types.moneyN(4),
    values: ['-214748.3648', '214748.3647', '0.0000', '-0.0001'].map((value) => [values.smallMoney(value), value]),
  },
  {
    name: 'real',
    logical: { kind: 'float', bits: 32 },
    type: types.floatN(4),
    values: [0, -0, 1.5, 1.401298464324817e-45, -3.4028234663852886e38].map((value) => [values.real(value), value]),
  },
  {
    name: 'float',
    logical: { kind: 'float', bits: 64 },
    type: types.floatN(8),
    values: [0, -0, 0.1, 5e-324, -1.7976931348623157e308].map((value) => [values.float(value), value]),
  },
  {
    name: 'float not null',
    logical: { kind: 'float', bits: 64 },
    type: types.float,
    values: [[values.float(-0), -0]],
    notNull: true,
  },
  {
    name: 'date',
    logical: { kind: 'date' },
    type: types.dateN,
    values: ['0001-01-01', '1969-12-31', '1970-01-01', '2000-02-29', '9999-12-31'].map((value) => [
      values.date(value),
      value,
    ]),
  },
  times(0, '00:00:00', '23:59:59'),
  times(2, '12:34:56.78', '23:59:59.99'),
  times(4, '23:59:59.9999'),
  times(6, '23:59:59.999999', '00:00:00.000001'),
  times(7, '23:59:59.9999999', '00:00:00.0000001'),
  {
    name: 'time announced with another scale',
    logical: { kind: 'time', precision: 6 },
    type: types.timeN(7),
    values: [[values.time('23:59:59.9999990', 7), '23:59:59.999999']],
  },
  timestamps(0, '0001-01-01 00:00:00', '9999-12-31 23:59:59', '1969-12-31 23:59:59'),
  timestamps(3, '0001-01-01 00:00:00.000', '9999-12-31 23:59:59.999'),
  timestamps(5, '1969-12-31 23:59:59.99999', '2026-04-27 15:33:00.12345'),
  timestamps(6, '0001-01-01 00:00:00.000001', '1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999'),
  timestamps(7, '0001-01-01 00:00:00.0000000', '1969-12-31 23:59:59.9999999', '9999-12-31 23:59:59.9999999'),
  {
    name: 'datetime',
    logical: { kind: 'timestamp', precision: 3 },
    type: types.dateTimeN(8),
    values: [
      '1753-01-01 00:00:00.000',
      '1899-12-31 23:59:59.997',
      '2026-04-27 12:00:00.003',
      '9999-12-31 23:59:59.997',
    ].map((value) => [values.dateTime(value), value]),
  },
  {
    name: 'smalldatetime',
    logical: { kind: 'timestamp', precision: 0 },
    type: types.dateTimeN(4),
    values: ['1900-01-01 00:00:00', '2079-06-06 23:59:00'].map((value) => [values.smallDateTime(value), value]),
  },
  offsets(
    7,
    ['0001-01-01 00:00:00.0000000', 840, '0001-01-01 14:00:00.0000000 +14:00'],
    ['9999-12-31 23:59:59.9999999', -840, '9999-12-31 09:59:59.9999999 -14:00'],
    ['2026-04-27 13:33:00.1234567', 330, '2026-04-27 19:03:00.1234567 +05:30'],
  ),
  offsets(
    0,
    ['2026-04-27 23:30:00', 60, '2026-04-28 00:30:00 +01:00'],
    ['2026-04-27 00:00:00', -30, '2026-04-26 23:30:00 -00:30'],
  ),
  {
    name: 'uniqueidentifier',
    logical: { kind: 'uuid' },
    type: types.guid,
    values: [
      [hex('33221100554477668899aabbccddeeff'), '00112233-4455-6677-8899-aabbccddeeff'],
      [Buffer.alloc(16, 0xff), 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ],
  },
  {
    name: 'nvarchar',
    logical: text('utf16'),
    type: types.nVarChar(200),
    values: utf16Values.map((value) => [values.utf16(value), value]),
  },
  {
    name: 'nchar',
    logical: text('utf16'),
    type: types.nChar(20),
    values: [[values.utf16('ab        '), 'ab        ']],
  },
  {
    name: 'nvarchar(max)',
    logical: text('utf16'),
    type: types.nVarChar('max'),
    values: [...awkwardText, 'long 名 '.repeat(900)].map((value) => [values.utf16(value), value]),
  },
  {
    name: 'nvarchar(max) in odd chunks of unknown total',
    logical: text('utf16'),
    type: types.nVarChar('max', { chunkBytes: 3, unknownLength: true }),
    values: awkwardText.map((value) => [values.utf16(value), value]),
  },
  {
    name: 'ntext',
    logical: text('utf16'),
    type: types.nText,
    values: awkwardText.map((value) => [values.utf16(value), value]),
  },
  {
    name: 'varchar in code page 1252',
    logical: text('bytes'),
    type: types.bigVarChar(100),
    values: [
      [hex(''), ''],
      [hex('8041809f'), '€A€Ÿ'],
      [hex('818d8f909d'), '\u0081\u008d\u008f\u0090\u009d'],
      [hex('410042'), 'A\0B'],
      [Buffer.alloc(63, 0xe9), 'é'.repeat(63)],
      [Buffer.alloc(100, 0x80), '€'.repeat(100)],
    ],
  },
  { name: 'char', logical: text('bytes'), type: types.bigChar(4), values: [[hex('41202020'), 'A   ']] },
  {
    name: 'varchar(max)',
    logical: text('bytes'),
    type: types.bigVarChar('max', undefined, { chunkBytes: 7 }),
    values: [[Buffer.alloc(100, 0xfc), 'ü'.repeat(100)]],
  },
  {
    name: 'text',
    logical: text('bytes'),
    type: types.text(),
    values: [
      [hex(''), ''],
      [hex('fc80'), 'ü€'],
    ],
  },
  {
    name: 'varchar in code page 1253, with bytes that have no character',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.greek),
    values: [[hex('c1d2aaff'), 'Α\uf8fa\uf8f9\uf8fb']],
  },
  {
    name: 'varchar in code page 874',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.thai),
    values: [[hex('a1dbdefcff'), 'ก\uf8c1\uf8c4\uf8c5\uf8c8']],
  },
  {
    name: 'varchar in code page 437',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.cp437),
    values: [[hex('80e1ff'), 'Çß\u00a0']],
  },
  {
    name: 'varchar in code page 932',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.japanese),
    values: [
      [hex('93fa967b8cea41b1'), '日本語Aｱ'],
      [hex('5c7e'), '\\~'],
      [hex('80a0fdfeff'), '\u0080\u00a0\uf8f1\uf8f2\uf8f3'],
      [hex('f040'), '\ue000'],
      // A lead byte without a trail, at the end and in front of a byte that is none.
      [hex('4181'), 'A\udc81'],
      [hex('812041'), '\udc81 A'],
    ],
  },
  {
    name: 'varchar in code page 936',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.chinese),
    values: [[hex('80d6d0ceff'), '€中\udcce\uf8f5']],
  },
  {
    name: 'varchar in UTF-8',
    logical: text('bytes'),
    type: types.bigVarChar(100, collations.utf8),
    values: [
      ...['', 'a', 'é名😀'].map((value) => [utf8(value), value] as const),
      [hex('41ff42'), 'A\udcffB'],
      [hex('eda080'), '\udced\udca0\udc80'],
      [hex('e590'), '\udce5\udc90'],
      [hex('c0af'), '\udcc0\udcaf'],
      [hex('f4908080'), '\udcf4\udc90\udc80\udc80'],
    ],
  },
  {
    name: 'xml',
    logical: { kind: 'xml' },
    type: types.xml(),
    values: [
      [values.utf16('<a>名</a>'), '<a>名</a>'],
      [values.utf16('\ufeff<a/>'), '<a/>'],
    ],
  },
  {
    name: 'typed xml',
    logical: { kind: 'xml' },
    type: types.xml({ database: 'd', schema: 's', name: 'collection' }),
    values: [[values.utf16('<a/>'), '<a/>']],
  },
  { name: 'binary', logical: BINARY, type: types.bigBinary(2), values: [[hex('00ff'), Uint8Array.from([0, 255])]] },
  {
    name: 'varbinary',
    logical: BINARY,
    type: types.bigVarBinary(3),
    values: [
      [hex(''), new Uint8Array()],
      [hex('010203'), Uint8Array.from([1, 2, 3])],
    ],
  },
  {
    name: 'varbinary(max)',
    logical: BINARY,
    type: types.bigVarBinary('max', { chunkBytes: 1000 }),
    values: [
      [hex(''), new Uint8Array()],
      [Buffer.alloc(4000, 7), new Uint8Array(4000).fill(7)],
    ],
  },
  {
    name: 'image',
    logical: BINARY,
    type: types.image,
    values: [
      [hex(''), new Uint8Array()],
      [hex('ff00'), Uint8Array.from([255, 0])],
    ],
  },
  {
    name: 'rowversion',
    logical: { kind: 'rowversion' },
    type: types.bigBinary(8),
    values: [[hex('00000000000007d1'), Uint8Array.from([0, 0, 0, 0, 0, 0, 7, 0xd1])]],
  },
  {
    name: 'hierarchyid',
    logical: { ...BINARY, content: 'hierarchyid' } as LogicalType,
    type: types.udt({ database: 'd', schema: 'sys', type: 'hierarchyid', assembly: 'Microsoft.SqlServer.Types' }),
    values: [[hex('5ac0'), Uint8Array.from([0x5a, 0xc0])]],
  },
]

const ID = { name: 'id', type: types.intN(4) }

function responseOf({ type, values: rows, notNull }: Case, writeRow: typeof row): Buffer {
  const columns = [ID, { name: 'v', type }, ID]
  const wire = rows.map(([bytes], i) => writeRow(columns, [values.int(i), bytes, values.int(-i)]))
  const nulls = notNull ? [] : [writeRow(columns, [values.int(9), null, null])]
  return Buffer.concat([colMetadata(columns), ...wire, ...nulls, done({ rows: wire.length + nulls.length })])
}

function rowsOf({ values: rows, notNull }: Case): Cell[][] {
  return [...rows.map(([, cell], i) => [i, cell, i === 0 ? 0 : -i]), ...(notNull ? [] : [[9, null, null]])]
}

const columnsOf = ({ logical }: Case) => [column('id', integer(32)), column('v', logical), column('n', integer(32))]

describe('a value from the wire becomes the same value in Avro', () => {
  it.each(CASES)('$name, in ROW', async (one) => {
    expect(await readResponse(columnsOf(one), [responseOf(one, row)])).toEqual(rowsOf(one))
  })

  it.each(CASES)('$name, in NBCROW', async (one) => {
    expect(await readResponse(columnsOf(one), [responseOf(one, nbcRow)])).toEqual(rowsOf(one))
  })

  it.each(CASES)('$name, wherever the stream is cut into packets', async (one) => {
    const bytes = responseOf(one, row)
    const step = Math.max(1, Math.floor(bytes.length / 500))
    for (let at = 1; at < bytes.length; at += step) {
      expect(await readResponse(columnsOf(one), [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(rowsOf(one))
    }
  })

  it.each(CASES)('$name, byte by byte', async (one) => {
    const bytes = responseOf(one, nbcRow)
    const packets = Array.from({ length: bytes.length }, (_, i) => bytes.subarray(i, i + 1))
    expect(await readResponse(columnsOf(one), packets)).toEqual(rowsOf(one))
  })
})
