import { createHash } from 'node:crypto'
import {
  AvroWriter,
  CannotCarryError,
  type Cell,
  DamagedBackupError,
  DataError,
  type LogicalType,
  type RowBytes,
  TargetError,
} from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()

const md5 = (value: string | Buffer) => createHash('md5').update(value).digest('hex')

const NINES = '9'.repeat(38)

const text = (length: number | null, fixed = false): LogicalType => ({ kind: 'text', length, unit: 'utf16', fixed })

/** A type, what it becomes, and its values with their text in PostgreSQL. */
const TYPES: readonly (readonly [LogicalType, string, readonly (readonly [Cell, string])[]])[] = [
  [
    { kind: 'boolean' },
    'boolean',
    [
      [true, 'true'],
      [false, 'false'],
    ],
  ],
  [
    { kind: 'integer', bits: 8, signed: false },
    'smallint',
    [
      [0, '0'],
      [255, '255'],
    ],
  ],
  [
    { kind: 'integer', bits: 16, signed: true },
    'smallint',
    [
      [-32768, '-32768'],
      [32767, '32767'],
    ],
  ],
  [
    { kind: 'integer', bits: 32, signed: true },
    'integer',
    [
      [-2147483648, '-2147483648'],
      [2147483647, '2147483647'],
    ],
  ],
  [
    { kind: 'integer', bits: 64, signed: true },
    'bigint',
    [
      [-(2n ** 63n), '-9223372036854775808'],
      [2n ** 53n + 1n, '9007199254740993'],
      [2n ** 63n - 1n, '9223372036854775807'],
    ],
  ],
  [
    { kind: 'decimal', precision: 19, scale: 4 },
    'numeric(19,4)',
    ['-922337203685477.5808', '922337203685477.5807', '-0.0001', '0.0000', '10000.0000', '1.0000'].map((v) => [v, v]),
  ],
  [
    { kind: 'decimal', precision: 38, scale: 0 },
    'numeric(38,0)',
    [`-${NINES}`, NINES, '0', '10000', '-1000000000000'].map((v) => [v, v]),
  ],
  [
    { kind: 'decimal', precision: 38, scale: 38 },
    'numeric(38,38)',
    [`-0.${NINES}`, `0.${NINES}`, `0.${'0'.repeat(37)}1`].map((v) => [v, v]),
  ],
  [
    { kind: 'decimal', precision: 18, scale: 5 },
    'numeric(18,5)',
    ['1125899906842.62400', '-1125899906842.62399', '9999999999999.99999', '0.10000'].map((v) => [v, v]),
  ],
  [
    { kind: 'float', bits: 32 },
    'real',
    [
      [-0, '-0'],
      [Math.fround(0.1), '0.1'],
      [-3.4028234663852886e38, '-3.4028235e+38'],
    ],
  ],
  [
    { kind: 'float', bits: 64 },
    'double precision',
    [
      [-0, '-0'],
      [0.1, '0.1'],
      [5e-324, '5e-324'],
      [1.7976931348623157e308, '1.7976931348623157e+308'],
    ],
  ],
  [{ kind: 'date' }, 'date', ['0001-01-01', '1582-10-10', '1999-12-31', '2000-02-29', '9999-12-31'].map((v) => [v, v])],
  [
    { kind: 'time', precision: 0 },
    'time(0)',
    [
      ['00:00:00', '00:00:00'],
      ['23:59:59', '23:59:59'],
    ],
  ],
  [
    { kind: 'time', precision: 7 },
    'time(6)',
    [
      ['23:59:59.9999999', '23:59:59.999999'],
      ['12:30:00.1234560', '12:30:00.123456'],
    ],
  ],
  [
    { kind: 'timestamp', precision: 3 },
    'timestamp(3)',
    [
      ['1753-01-01 00:00:00.003', '1753-01-01 00:00:00.003'],
      ['2099-12-31 23:59:59.997', '2099-12-31 23:59:59.997'],
      ['9999-12-31 23:59:59.997', '9999-12-31 23:59:59.997'],
    ],
  ],
  [
    { kind: 'timestamp', precision: 6 },
    'timestamp(6)',
    [
      ['0001-01-01 00:00:00.000001', '0001-01-01 00:00:00.000001'],
      ['9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999'],
    ],
  ],
  [
    { kind: 'timestamp', precision: 7 },
    'timestamp(6)',
    [
      ['0001-01-01 00:00:00.0000010', '0001-01-01 00:00:00.000001'],
      ['1969-12-31 23:59:59.9999999', '1969-12-31 23:59:59.999999'],
      ['9999-12-31 23:59:59.9999999', '9999-12-31 23:59:59.999999'],
    ],
  ],
  [
    { kind: 'instant', precision: 6 },
    'timestamptz(6)',
    [['2026-04-27 13:33:00.123456Z', '2026-04-27 13:33:00.123456+00']],
  ],
  [{ kind: 'uuid' }, 'uuid', [['6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff']]],
  [
    text(20),
    'varchar(20)',
    ['', ' ends in a blank ', 'tab\tline\n\\N\\', 'Größe 名前 😀', '\u{10ffff}\u0001'].map((v) => [v, v]),
  ],
  // PostgreSQL's text of char(n) is without the blanks at its end.
  [
    text(4, true),
    'char(4)',
    [
      ['ab  ', 'ab'],
      ['äöüß', 'äöüß'],
      ['😀  ', '😀'],
    ],
  ],
  [text(null), 'text', [['x'.repeat(300_000), 'x'.repeat(300_000)]]],
  [{ kind: 'xml' }, 'xml', ['\n<a b="ü"/>', '<a/>text<b/>', ' text only ', ''].map((v) => [v, v])],
  [{ kind: 'json' }, 'json', [['{"b": 1,  "a": "\\u0000", "b": 2}', '{"b": 1,  "a": "\\u0000", "b": 2}']]],
  [
    { kind: 'binary', length: 8, fixed: false },
    'bytea',
    [
      [Uint8Array.of(), '\\x'],
      [Uint8Array.of(0, 0x5c, 0xff), '\\x005cff'],
    ],
  ],
  [{ kind: 'rowversion' }, 'bytea', [[Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1), '\\x00000000000007d1']]],
  [
    { kind: 'variant' },
    'jsonb',
    [
      [
        '{"type":"nvarchar(9)","value":"q\\"\\\\\\n\\u0001ü😀"}',
        '{"type": "nvarchar(9)", "value": "q\\"\\\\\\n\\u0001ü😀"}',
      ],
    ],
  ],
]

describe.each(TYPES)('%j', (logical, type, values) => {
  it(`becomes ${type}, and every value is what it was`, async () => {
    await using test = await openTarget()
    const columns = [sampleColumn('value', logical, { nullable: true })]
    const [table] = (await test.createTables(sampleModel([sampleTable('s', 't', columns)]))).tables
    const sent = await test.load(table!, [...values.map(([cell]) => [cell]), [null]])
    expect(table!.columns[0]!.type).toBe(type)
    expect(await test.rows('select value::text from s.t')).toEqual([...values.map(([, held]) => [held]), [null]])
    const { rows, digest } = sent
    expect(await test.target.digest(table!)).toEqual({ rows, digest })
  })
})

describe('an offset', () => {
  const columns = [sampleColumn('at', { kind: 'timestamp-offset', precision: 7 }, { nullable: true })]
  const model = sampleModel([sampleTable('s', 't', columns)])
  const cells = [['0001-01-01 14:00:00.0000000 +14:00'], ['2026-04-27 15:33:00.1234560 -00:30'], [null]]

  it('is kept in a column beside the instant', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    const sent = await test.load(table!, cells, true)
    expect(await test.rows('select at::text, at__offset from s.t')).toEqual([
      ['0001-01-01 00:00:00+00', '840'],
      ['2026-04-27 16:03:00.123456+00', '-30'],
      [null, null],
    ])
    expect(await test.target.digest(table!)).toEqual({ rows: sent.rows, digest: sent.digest })
  })

  it('is given up and counted where the mapping asks for UTC', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model, { datetimeoffset: 'utc' })).tables
    const { losses } = await test.load(table!, [...cells, ['2026-04-27 15:33:00.0000000 +00:00']])
    expect(losses).toEqual([
      {
        column: 'at',
        kind: 'offset',
        count: 2,
        samples: ['0001-01-01 14:00:00.0000000 +14:00', '2026-04-27 15:33:00.1234560 -00:30'],
      },
    ])
  })
})

describe('a value that PostgreSQL cannot hold', () => {
  const columns = [
    sampleColumn('note', text(null)),
    sampleColumn('code', text(4, true)),
    sampleColumn('any', { kind: 'variant' }),
    sampleColumn('at', { kind: 'timestamp', precision: 7 }),
  ]
  const model = sampleModel([sampleTable('s', 't', columns)])
  const rows = [
    ['a\0b\0', '\0\ud800', '{"type":"t","value":"\\u0000"}', '9999-12-31 23:59:59.9999999'],
    ['\udc00 한국어 \ud800', 'ab\0', '{"type":"t","value":"x"}', '2000-01-01 00:00:00.1234560'],
  ]

  it('is replaced or cut, and counted with samples', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    const sent = await test.load(table!, rows)
    expect(await test.rows(`select note, code || '|', "any", at::text from s.t`)).toEqual([
      ['a\ufffdb\ufffd', '\ufffd\ufffd|', '{"type": "t", "value": "\ufffd"}', '9999-12-31 23:59:59.999999'],
      ['\ufffd 한국어 \ufffd', 'ab\ufffd|', '{"type": "t", "value": "x"}', '2000-01-01 00:00:00.123456'],
    ])
    expect(sent.losses).toEqual([
      { column: 'note', kind: 'nul-character', count: 1, samples: ['"a\\u0000b\\u0000"'] },
      { column: 'note', kind: 'lone-surrogate', count: 1, samples: ['"\\udc00 한국어 \\ud800"'] },
      { column: 'code', kind: 'nul-character', count: 2, samples: ['"\\u0000\\ud800"', '"ab\\u0000"'] },
      { column: 'code', kind: 'lone-surrogate', count: 1, samples: ['"\\u0000\\ud800"'] },
      { column: 'any', kind: 'nul-character', count: 1, samples: ['{"type":"t","value":"\\u0000"}'] },
      { column: 'at', kind: 'seventh-digit', count: 1, samples: ['9999-12-31 23:59:59.9999999'] },
    ])
    expect(await test.target.digest(table!)).toEqual({ rows: sent.rows, digest: sent.digest })
  })

  it('loses its NULs where the mapping says strip', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model, { text: { nul: 'strip' } })).tables
    await test.load(table!, rows)
    expect(await test.rows('select note from s.t')).toEqual([['ab'], ['\ufffd 한국어 \ufffd']])
  })

  it.each([
    [{ text: { nul: 'error' } }, /column "note" has a value with a nul character: "a\\u0000b\\u0000"/],
    [{ time: { digits: 'error' } }, /column "at" has a value with a seventh digit: 9999-12-31 23:59:59.9999999/],
  ])('ends the load where the mapping says error: %j', async (policy, message) => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model, policy)).tables
    const failure = test.load(table!, rows)
    await expect(failure).rejects.toThrow(message)
    await expect(failure).rejects.toBeInstanceOf(DataError)
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
  })

  it('keeps nothing when losses are refused, and names them', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    const failure = test.load(table!, rows, true)
    await expect(failure).rejects.toThrow(
      'cannot load table "s"."t": values would be altered: "note" nul character in a value, "note" lone surrogate in a value, "code" nul character in 2 values, "code" lone surrogate in a value, "any" nul character in a value, "at" seventh digit in a value',
    )
    await expect(failure).rejects.toBeInstanceOf(DataError)
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
  })

  it('keeps five samples, short ones', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    const many = Array.from({ length: 50 }, (_, i) => [`${i}\0${'x'.repeat(200)}`, ...rows[1]!.slice(1)])
    const { losses } = await test.load(table!, many)
    const samples = [0, 1, 2, 3, 4].map((i) => `"${i}\\u0000${'x'.repeat(78)}…"`)
    expect(losses[0]).toEqual({ column: 'note', kind: 'nul-character', count: 50, samples })
  })

  it('ends the load when its year is beyond what a timestamp can be', async () => {
    await using test = await openTarget()
    const far = sampleModel([sampleTable('s', 'far', [sampleColumn('at', { kind: 'timestamp', precision: 3 })])])
    const [table] = (await test.createTables(far)).tables
    const failure = test.load(table!, [['+300000-01-01 00:00:00.000']])
    await expect(failure).rejects.toThrow(
      /cannot load table "s"."far": column "at" has a value that PostgreSQL cannot hold/,
    )
    await expect(failure).rejects.toBeInstanceOf(CannotCarryError)
  })
})

describe('a load that fails', () => {
  const model = sampleModel([sampleTable('s', 't', [sampleColumn('note', text(20))])])
  const blockOf = (...texts: readonly Buffer[]): RowBytes => {
    const writer = new AvroWriter()
    for (const one of texts) {
      writer.writeBytes(one)
      writer.endRow()
    }
    return writer.takeBlock()
  }
  async function* blocks(...all: readonly RowBytes[]): AsyncIterable<RowBytes> {
    yield* all
  }
  const good = blockOf(Buffer.from('good'))

  it.each<[string, RowBytes, typeof DamagedBackupError | typeof TargetError, RegExp]>([
    [
      'when a block ends within a row',
      { rows: 1, bytes: good.bytes.subarray(0, 3) },
      DamagedBackupError,
      /^cannot load table "s"."t": a value of 4 bytes at 1 runs beyond its block of 3 bytes$/,
    ],
    [
      'when a block has more rows than bytes',
      { ...good, rows: 2 },
      DamagedBackupError,
      /^cannot load table "s"."t": a value of 0 bytes at 6 runs beyond its block of 5 bytes/,
    ],
    [
      'when a text is no UTF-8',
      blockOf(Buffer.from([0xc3, 0x28])),
      TargetError,
      /^cannot load table "s"."t": invalid byte sequence for encoding "UTF8": 0xc3 0x28; COPY t, line 2, column note$/,
    ],
    [
      'when a text is too long',
      blockOf(Buffer.alloc(21, 'x')),
      TargetError,
      /^cannot load table "s"."t": value too long for type character varying\(20\); COPY t, line 2, column note/,
    ],
  ])('keeps nothing %s', async (_, block, kind, message) => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    const failure = test.target.bulkLoad(table!, blocks(good, block), { refuseLoss: false })
    await expect(failure).rejects.toBeInstanceOf(kind)
    await expect(failure).rejects.toThrow(message)
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
  })

  it('keeps nothing when the target keeps rows out', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    await test.rows(`create function s.drop_it() returns trigger language plpgsql as $$
      begin if new.note = 'bad' then return null; end if; return new; end $$`)
    await test.rows('create trigger filter before insert on s.t for each row execute function s.drop_it()')
    const failure = test.load(table!, [['good'], ['bad']])
    await expect(failure).rejects.toThrow('cannot load table "s"."t": 2 rows were sent and 1 taken')
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
  })

  it('can be tried again on the same session', async () => {
    await using test = await openTarget()
    const [table] = (await test.createTables(model)).tables
    await expect(test.load(table!, [['x'.repeat(30)]])).rejects.toThrow(/too long/)
    const loads = await Promise.all([1, 2, 3, 4, 5, 6].map((i) => test.load(table!, [[`load ${i}`]])))
    expect(loads.map(({ rows }) => rows)).toEqual([1, 1, 1, 1, 1, 1])
    expect(await test.rows('select count(*) from s.t')).toEqual([['6']])
  })
})

describe('large things', () => {
  it('carries a text and bytes of 64 MB', async () => {
    await using test = await openTarget()
    const columns = [
      sampleColumn('note', text(null)),
      sampleColumn('bytes', { kind: 'binary', length: null, fixed: false }),
    ]
    const [table] = (await test.createTables(sampleModel([sampleTable('s', 'large', columns)]))).tables
    const size = 64 << 20
    const note = 'é'.repeat(size / 2)
    const bytes = Buffer.alloc(size, 0xa5)
    const sent = await test.load(table!, [[note, bytes]], true)
    expect(await test.rows('select md5(note), md5(bytes) from s.large')).toEqual([[md5(note), md5(bytes)]])
    expect(await test.target.digest(table!)).toEqual({ rows: 1, digest: sent.digest })
  })

  it('carries 300 columns, NULL and not', async () => {
    await using test = await openTarget()
    const columns = Array.from({ length: 300 }, (_, i) =>
      sampleColumn(`column ${i}`, i % 2 === 0 ? { kind: 'integer', bits: 32, signed: true } : text(20), {
        nullable: true,
      }),
    )
    const [table] = (await test.createTables(sampleModel([sampleTable('s', 'wide', columns)]))).tables
    const row = columns.map((_, i) => (i % 3 === 0 ? null : i % 2 === 0 ? i : `text ${i}`))
    const sent = await test.load(table!, [row, columns.map(() => null)])
    expect(await test.rows('select * from s.wide')).toEqual([
      row.map((cell) => cell && String(cell)),
      row.map(() => null),
    ])
    expect(await test.target.digest(table!)).toEqual({ rows: 2, digest: sent.digest })
  })
})
