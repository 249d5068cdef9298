import type { Cell, LogicalType } from '@albackup/core'

/** A logical type and values that a careless dialect gets wrong: least, greatest, empty, awkward. */
export interface TypeSample {
  /** A name for a column of the type. */
  readonly name: string
  readonly logical: LogicalType
  /** Never null; at least one. */
  readonly cells: readonly Exclude<Cell, null>[]
}

const NINES = '9'.repeat(38)

const AWKWARD_TEXT = [
  '',
  ' ',
  'plain',
  'trailing blanks  ',
  'quote \' " ` ]] \\ \\N',
  'tab\tline\nreturn\r\n',
  'Größe',
  '名前',
  '😀 and 👩‍👩‍👧‍👦',
  'e\u0301 is not é',
  '\u0001\u007f\u0080\u009f\ufeff\ufffe\uffff',
]

function text(length: number | null, unit: 'bytes' | 'utf16' | 'characters', fixed = false): LogicalType {
  return { kind: 'text', length, unit, fixed }
}

/** Every kind of LogicalType, in every form that is stored in its own way. Deterministic. */
export const TYPE_SAMPLES: readonly TypeSample[] = [
  { name: 'boolean', logical: { kind: 'boolean' }, cells: [true, false] },
  { name: 'unsigned 8', logical: { kind: 'integer', bits: 8, signed: false }, cells: [0, 127, 128, 255] },
  { name: 'integer 16', logical: { kind: 'integer', bits: 16, signed: true }, cells: [-32768, -1, 0, 32767] },
  { name: 'integer 32', logical: { kind: 'integer', bits: 32, signed: true }, cells: [-2147483648, 0, 2147483647] },
  {
    name: 'integer 64',
    logical: { kind: 'integer', bits: 64, signed: true },
    cells: [-(2n ** 63n), -(2n ** 53n) - 1n, -1n, 0n, 2n ** 53n + 1n, 2n ** 63n - 1n],
  },
  {
    name: 'decimal 38,10',
    logical: { kind: 'decimal', precision: 38, scale: 10 },
    cells: [
      `-${NINES.slice(10)}.${NINES.slice(28)}`,
      '-0.0000000001',
      '0.0000000000',
      '12345678901234567890.1234567890',
    ],
  },
  { name: 'decimal 38,0', logical: { kind: 'decimal', precision: 38, scale: 0 }, cells: [`-${NINES}`, '0', NINES] },
  {
    name: 'decimal 38,38',
    logical: { kind: 'decimal', precision: 38, scale: 38 },
    cells: [`-0.${NINES}`, `0.${NINES}`],
  },
  { name: 'decimal 9,2', logical: { kind: 'decimal', precision: 9, scale: 2 }, cells: ['-1.28', '1.28', '9999999.99'] },
  {
    name: 'money',
    logical: { kind: 'decimal', precision: 19, scale: 4 },
    cells: ['-922337203685477.5808', '-0.0001', '0.0000', '922337203685477.5807'],
  },
  {
    name: 'float 32',
    logical: { kind: 'float', bits: 32 },
    cells: [0, -0, 0.5, Math.fround(0.1), -3.4028234663852886e38, 1.401298464324817e-45],
  },
  {
    name: 'float 64',
    logical: { kind: 'float', bits: 64 },
    cells: [0, -0, 0.1, -1.7976931348623157e308, 5e-324, 2.2250738585072014e-308],
  },
  {
    name: 'date',
    logical: { kind: 'date' },
    cells: ['0001-01-01', '1582-10-10', '1969-12-31', '2000-02-29', '9999-12-31'],
  },
  { name: 'time 0', logical: { kind: 'time', precision: 0 }, cells: ['00:00:00', '23:59:59'] },
  { name: 'time 6', logical: { kind: 'time', precision: 6 }, cells: ['00:00:00.000001', '23:59:59.999999'] },
  {
    name: 'time 7',
    logical: { kind: 'time', precision: 7 },
    cells: ['00:00:00.0000000', '12:30:00.1234560', '23:59:59.9999999'],
  },
  {
    name: 'timestamp 0',
    logical: { kind: 'timestamp', precision: 0 },
    cells: ['1900-01-01 00:00:00', '2079-06-06 23:59:00'],
  },
  {
    name: 'timestamp 3',
    logical: { kind: 'timestamp', precision: 3 },
    cells: ['1753-01-01 00:00:00.000', '2026-04-27 15:33:00.003', '9999-12-31 23:59:59.997'],
  },
  {
    name: 'timestamp 6',
    logical: { kind: 'timestamp', precision: 6 },
    cells: ['0001-01-01 00:00:00.000000', '1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999'],
  },
  {
    name: 'timestamp 7',
    logical: { kind: 'timestamp', precision: 7 },
    cells: ['0001-01-01 00:00:00.0000000', '1969-12-31 23:59:59.9999999', '9999-12-31 23:59:59.9999999'],
  },
  {
    name: 'timestamp-offset 3',
    logical: { kind: 'timestamp-offset', precision: 3 },
    cells: ['2026-03-29 02:30:00.500 +01:00', '1999-12-31 23:59:59.999 -00:30'],
  },
  {
    name: 'timestamp-offset 7',
    logical: { kind: 'timestamp-offset', precision: 7 },
    cells: [
      '0001-01-01 14:00:00.0000000 +14:00',
      '9999-12-31 09:59:59.9999999 -14:00',
      '2026-04-27 15:33:00.1234567 +05:45',
    ],
  },
  {
    name: 'instant',
    logical: { kind: 'instant', precision: 6 },
    cells: ['0001-01-01 00:00:00.000000Z', '1969-12-31 23:59:59.999999Z', '9999-12-31 23:59:59.999999Z'],
  },
  {
    name: 'uuid',
    logical: { kind: 'uuid' },
    cells: [
      '00000000-0000-0000-0000-000000000000',
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ],
  },
  { name: 'text', logical: text(null, 'utf16'), cells: [...AWKWARD_TEXT, 'long '.repeat(20_000)] },
  { name: 'text 40', logical: text(40, 'characters'), cells: AWKWARD_TEXT },
  { name: 'fixed text 8', logical: text(8, 'utf16', true), cells: ['        ', 'padded  ', 'ÄÖÜäöüß€'] },
  { name: 'xml', logical: { kind: 'xml' }, cells: ['<a b="ü">text<!-- c --></a>', '<a/>'] },
  { name: 'json', logical: { kind: 'json' }, cells: ['{"b": 1, "a": [true, null, "ü"]}', '[]'] },
  {
    name: 'binary',
    logical: { kind: 'binary', length: null, fixed: false },
    cells: [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(0, 0x5c, 0x78, 0xff), new Uint8Array(70_000).fill(0xa5)],
  },
  {
    name: 'fixed binary 4',
    logical: { kind: 'binary', length: 4, fixed: true },
    cells: [Uint8Array.of(0, 0, 0, 0), Uint8Array.of(0xff, 0, 0x80, 0x7f)],
  },
  { name: 'rowversion', logical: { kind: 'rowversion' }, cells: [Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1)] },
  {
    name: 'variant',
    logical: { kind: 'variant' },
    cells: [
      '{"type":"decimal(5,2)","value":"-1.50"}',
      '{"type":"nvarchar(20)","value":"Größe"}',
      '{"type":"int","value":"0"}',
    ],
  },
]

/** Values that are text in one database and not in another: NUL, and halves of surrogate pairs. */
export const TROUBLESOME_TEXT: readonly string[] = ['a\0b', '\ud800', 'a\udc00b', '\udc00\ud800']
