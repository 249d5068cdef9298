import type { Cell, LogicalType } from '@albackup/core'
import { done, types, values, type WireType } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { encodeForTarget } from '../../testing/encode-rows.ts'
import { column, readResponse } from '../../testing/read-response.ts'
import { logicalOf, pair } from '../../testing/target-column.ts'
import { columnMetadata } from './column-metadata.ts'

interface Case {
  readonly declaration: string
  /** As the server itself would send such a column. */
  readonly type: WireType
  readonly values: readonly (readonly [cell: Exclude<Cell, null>, wire: Uint8Array])[]
  readonly collation?: Uint8Array
  /** Of a column that is read as something else than it is sent as. */
  readonly logical?: LogicalType
}

const NINES = '9'.repeat(38)
const { hex } = values
const utf8 = (text: string) => Buffer.from(text, 'utf8')

const collations = {
  japanese: hex('1104d00000'),
  cyrillic: hex('1904d00000'),
  greek: hex('0804d00000'),
  utf8: hex('0904d02400'),
  latin1: hex('0904d00034'),
}

/** Sent in parts of unknown total, like SqlClient does. */
const PARTS = { unknownLength: true } as const

/** Sign and 16 bytes, whatever the precision. */
function decimals(precision: number, scale: number, ...texts: readonly string[]): Case {
  return {
    declaration: `decimal(${precision},${scale})`,
    type: types.decimalN(38, scale),
    values: texts.map((text) => [text, values.decimal(text, 38, scale)]),
  }
}

function each(
  declaration: string,
  type: WireType,
  wire: (text: string) => Uint8Array,
  ...texts: readonly string[]
): Case {
  return { declaration, type, values: texts.map((text) => [text, wire(text)]) }
}

function integers(declaration: string, size: 1 | 2 | 4, ...numbers: readonly number[]): Case {
  const write = { 1: values.tinyInt, 2: values.smallInt, 4: values.int }[size]
  return { declaration, type: types.intN(size), values: numbers.map((number) => [number, write(number)]) }
}

function timestamps(scale: number, ...texts: readonly string[]): Case {
  return each(`datetime2(${scale})`, types.dateTime2N(scale), (text) => values.dateTime2(text, scale), ...texts)
}

function times(scale: number, ...texts: readonly string[]): Case {
  return each(`time(${scale})`, types.timeN(scale), (text) => values.time(text, scale), ...texts)
}

function offsets(scale: number, ...rows: readonly (readonly [cell: string, utc: string, offset: number])[]): Case {
  return {
    declaration: `datetimeoffset(${scale})`,
    type: types.dateTimeOffsetN(scale),
    values: rows.map(([cell, utc, offset]) => [cell, values.dateTimeOffset(utc, scale, offset)]),
  }
}

const TEXTS = [
  '',
  ' ',
  'a',
  'plain',
  'NUL \0 inside',
  'Größe',
  '名前',
  '😀',
  'a😀b',
  '\u{10ffff}',
  '\uffff',
  'twelve chars',
  'é'.repeat(40),
]
const HALVES = ['\ud800', '\udc00x', 'x\ud83d', '\udc00\ud800']
const LONG = 'long 名 😀 '.repeat(20_000)
const BYTES = [new Uint8Array(), Uint8Array.of(0), Uint8Array.of(1, 2, 3)]

const CASES: readonly Case[] = [
  {
    declaration: 'bit',
    type: types.bitN,
    values: [
      [true, hex('01')],
      [false, hex('00')],
    ],
  },
  integers('tinyint', 1, 0, 1, 127, 128, 255),
  integers('smallint', 2, -32768, -1, 0, 32767),
  integers('int', 4, -2147483648, -1, 0, 63, 64, 2147483647),
  {
    declaration: 'bigint',
    type: types.intN(8),
    values: [-(2n ** 63n), -(2n ** 32n), -1n, 0n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n].map((value) => [
      value,
      values.bigInt(value),
    ]),
  },
  decimals(
    38,
    0,
    NINES,
    `-${NINES}`,
    '0',
    '1',
    '-1',
    '127',
    '128',
    '-128',
    '-129',
    '255',
    '-255',
    '256',
    '-256',
    '-65536',
  ),
  decimals(38, 38, `0.${NINES}`, `-0.${NINES}`),
  decimals(28, 10, '999999999999999999.9999999999', '-0.0000000001'),
  decimals(9, 2, '9999999.99', '-9999999.99', '0.00', '-0.01'),
  each(
    'money',
    types.moneyN(8),
    values.money,
    ...['-922337203685477.5808', '922337203685477.5807', '0.0000', '-0.0001', '0.0128', '429496.7296', '-429496.7296'],
  ),
  each('smallmoney', types.moneyN(4), values.smallMoney, '-214748.3648', '214748.3647', '0.0000', '-0.0001'),
  {
    declaration: 'real',
    type: types.floatN(4),
    values: [0, -0, 1.5, 1.401298464324817e-45, -3.4028234663852886e38].map((value) => [value, values.real(value)]),
  },
  {
    declaration: 'float',
    type: types.floatN(8),
    values: [0, -0, 0.1, 5e-324, -1.7976931348623157e308].map((value) => [value, values.float(value)]),
  },
  each('date', types.dateN, values.date, '0001-01-01', '1582-10-10', '1969-12-31', '1970-01-01', '9999-12-31'),
  times(0, '00:00:00', '23:59:59'),
  times(2, '12:34:56.78', '23:59:59.99'),
  times(4, '23:59:59.9999'),
  times(6, '23:59:59.999999', '00:00:00.000001'),
  times(7, '23:59:59.9999999', '00:00:00.0000001'),
  timestamps(0, '0001-01-01 00:00:00', '9999-12-31 23:59:59', '1969-12-31 23:59:59', '1970-01-01 00:00:00'),
  timestamps(3, '0001-01-01 00:00:00.000', '9999-12-31 23:59:59.999'),
  timestamps(5, '1969-12-31 23:59:59.99999', '2026-04-27 15:33:00.12345'),
  timestamps(6, '0001-01-01 00:00:00.000001', '1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999'),
  timestamps(
    7,
    '0001-01-01 00:00:00.0000000',
    '1969-12-31 23:59:59.9999999',
    '9999-12-31 23:59:59.9999999',
    '2000-01-01 00:00:00.0000000',
  ),
  each(
    'datetime',
    types.dateTimeN(8),
    values.dateTime,
    ...['1753-01-01 00:00:00.000', '1899-12-31 23:59:59.997', '2026-04-27 12:00:00.003', '9999-12-31 23:59:59.997'],
  ),
  each('smalldatetime', types.dateTimeN(4), values.smallDateTime, '1900-01-01 00:00:00', '2079-06-06 23:59:00'),
  offsets(
    7,
    ['0001-01-01 14:00:00.0000000 +14:00', '0001-01-01 00:00:00.0000000', 840],
    ['9999-12-31 09:59:59.9999999 -14:00', '9999-12-31 23:59:59.9999999', -840],
    ['2026-04-27 19:03:00.1234567 +05:30', '2026-04-27 13:33:00.1234567', 330],
  ),
  offsets(
    0,
    ['2026-04-28 00:30:00 +01:00', '2026-04-27 23:30:00', 60],
    ['2026-04-26 23:30:00 -00:30', '2026-04-27 00:00:00', -30],
  ),
  each(
    'uniqueidentifier',
    types.guid,
    values.guid,
    '00112233-4455-6677-8899-aabbccddeeff',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ),
  each('nvarchar(50)', types.nVarChar(100), values.utf16, ...TEXTS, ...HALVES),
  each('nchar(4)', types.nChar(8), values.utf16, 'ab  ', '    ', '😀😀'),
  each('nvarchar(max)', types.nVarChar('max', PARTS), values.utf16, ...TEXTS, ...HALVES),
  { ...each('ntext', types.nVarChar('max', PARTS), values.utf16, ...TEXTS) },
  { ...each('json', types.nVarChar('max', PARTS), values.utf16, '{}', '[1, "名"]'), logical: { kind: 'json' } },
  each('varchar(50)', types.bigVarChar(50), values.latin1, '', 'plain', 'Größe', 'A\0B', 'é'.repeat(50)),
  {
    declaration: 'varchar(20)',
    type: types.bigVarChar(20),
    values: [
      ['€A€Ÿ', hex('8041809f')],
      ['\u0081\u008d\u008f\u0090\u009d', hex('818d8f909d')],
    ],
  },
  each('char(4)', types.bigChar(4), values.latin1, 'ab  ', 'Größ'),
  {
    declaration: 'varchar(20)',
    collation: collations.japanese,
    type: types.bigVarChar(20, collations.japanese),
    values: [
      ['日本語Aｱ', hex('93fa967b8cea41b1')],
      ['\\~', hex('5c7e')],
      ['\u0080\u00a0\uf8f1\uf8f2\uf8f3', hex('80a0fdfeff')],
      ['\ue000', hex('f040')],
      ['A\udc81', hex('4181')],
      ['\udc81 A', hex('812041')],
    ],
  },
  {
    declaration: 'varchar(20)',
    collation: collations.cyrillic,
    type: types.bigVarChar(20, collations.cyrillic),
    values: [['Привет', hex('cff0e8e2e5f2')]],
  },
  {
    declaration: 'varchar(20)',
    collation: collations.greek,
    type: types.bigVarChar(20, collations.greek),
    values: [['Α\uf8fa\uf8f9\uf8fb', hex('c1d2aaff')]],
  },
  {
    declaration: 'varchar(40)',
    collation: collations.utf8,
    type: types.bigVarChar(40, collations.utf8),
    values: [
      ...['', 'a', 'é名😀', '\ud7ff', '\ue000'].map((text) => [text, utf8(text)] as const),
      ['A\udcffB', hex('41ff42')],
      ['\udced\udca0\udc80', hex('eda080')],
      ['\udced', hex('ed')],
    ],
  },
  each('varchar(max)', types.bigVarChar('max', undefined, PARTS), values.latin1, '', 'ü'.repeat(100)),
  each('text', types.bigVarChar('max', undefined, PARTS), values.latin1, '', 'ü'.repeat(100)),
  each('xml', types.nVarChar('max', PARTS), values.utf16, '<a>名</a>', ''),
  { declaration: 'binary(2)', type: types.bigBinary(2), values: [[Uint8Array.of(0, 255), hex('00ff')]] },
  { declaration: 'varbinary(3)', type: types.bigVarBinary(3), values: BYTES.map((bytes) => [bytes, bytes]) },
  {
    declaration: 'varbinary(max)',
    type: types.bigVarBinary('max', PARTS),
    values: BYTES.map((bytes) => [bytes, bytes]),
  },
  { declaration: 'image', type: types.bigVarBinary('max', PARTS), values: BYTES.map((bytes) => [bytes, bytes]) },
  {
    declaration: 'hierarchyid',
    type: types.bigVarBinary('max', PARTS),
    values: [[Uint8Array.of(0x5a, 0xc0), hex('5ac0')]],
  },
]

const pairOf = ({ declaration, collation, logical }: Case, nullable = true) =>
  pair(column('v', logical ?? logicalOf(declaration), nullable), declaration, collation)

const ROW = Buffer.of(0xd1)

describe('a value from Avro becomes the bytes of a row', () => {
  it.each(CASES)('$declaration', async (one) => {
    const { tokens, losses } = await encodeForTarget([pairOf(one)], [...one.values.map(([cell]) => [cell]), [null]])
    const expected = [...one.values.map(([, wire]) => wire), null].flatMap((wire) => [ROW, one.type.frame(wire)])
    expect(tokens).toEqual(Buffer.concat(expected))
    expect(losses).toEqual([])
  })

  it.each(CASES)('$declaration, in a column that is never null', async (one) => {
    const { tokens } = await encodeForTarget(
      [pairOf(one, false)],
      one.values.map(([cell]) => [cell]),
    )
    expect(tokens).toEqual(Buffer.concat(one.values.flatMap(([, wire]) => [ROW, one.type.frame(wire)])))
  })
})

describe('what is sent reads back as it was', () => {
  const long: Case[] = ['nvarchar(max)', 'ntext', 'xml'].map((declaration) => each(declaration, types.bitN, utf8, LONG))
  const codePages: Case[] = [
    { ...each('varchar(max)', types.bitN, utf8, 'Größe '.repeat(50_000)) },
    { ...each('varchar(max)', types.bitN, utf8, '日本語 A'.repeat(30_000)), collation: collations.japanese },
    { ...each('varchar(max)', types.bitN, utf8, `名😀${'é'.repeat(90_000)}\udcff`), collation: collations.utf8 },
    { declaration: 'varbinary(max)', type: types.bitN, values: [[new Uint8Array(120_000).fill(7), new Uint8Array()]] },
  ]
  it.each([...CASES, ...long, ...codePages])('$declaration', async (one) => {
    const rows = [...one.values.map(([cell]): Cell[] => [cell]), [null]]
    const pairs = [pairOf(one)]
    const { tokens } = await encodeForTarget(pairs, rows)
    const response = [columnMetadata(pairs.map(({ target }) => target)), tokens, done({ rows: rows.length })]
    expect(await readResponse([pairs[0]!.source], response)).toEqual(rows)
  })

  it('in pieces, so that a long value is never whole in memory', async () => {
    const { pieces } = await encodeForTarget([pairOf(long[0]!)], [[LONG]])
    expect(pieces).toBeGreaterThan(3)
  })
})
