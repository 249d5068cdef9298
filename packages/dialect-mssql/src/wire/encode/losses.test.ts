import { type Cell, type LogicalType, RowDigest } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { avroRows, encodeForTarget } from '../../testing/encode-rows.ts'
import { column } from '../../testing/read-response.ts'
import { logicalOf, pair } from '../../testing/target-column.ts'

const text = (length: number | null, fixed = false): LogicalType => ({
  kind: 'text',
  length,
  unit: 'characters',
  fixed,
})
const timestamp = (precision: number): LogicalType => ({ kind: 'timestamp', precision })
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const GREEK = Buffer.from('0804d00000', 'hex')
const UTF8 = Buffer.from('0904d02400', 'hex')

type Row = readonly [
  source: LogicalType,
  declaration: string,
  cell: Exclude<Cell, null>,
  held: Cell,
  kind: string,
  collation?: Buffer,
]

const ROWS: readonly Row[] = [
  [text(null), 'varchar(20)', 'a名b', 'a?b', 'unmappable-character'],
  [text(null), 'varchar(20)', 'a😀b', 'a?b', 'unmappable-character'],
  [text(null), 'varchar(20)', 'é', '?', 'unmappable-character', GREEK],
  [text(null), 'varchar(20)', 'x\ud800', 'x?', 'unmappable-character'],
  [text(null), 'varchar(max)', `${'é'.repeat(60_000)}名`, `${'é'.repeat(60_000)}?`, 'unmappable-character'],
  [text(null), 'varchar(20)', 'x\ud800y', 'x\ufffdy', 'lone-surrogate', UTF8],
  [text(null), 'nvarchar(3)', 'abcd', 'abc', 'too-long'],
  [text(null), 'nvarchar(3)', 'ab😀', 'ab', 'too-long'],
  [text(null), 'varchar(3)', 'abé名', 'ab', 'too-long', UTF8],
  [
    { kind: 'binary', length: null, fixed: false },
    'varbinary(2)',
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(1, 2),
    'too-long',
  ],
  [{ kind: 'float', bits: 64 }, 'float', Number.NaN, null, 'not-a-number'],
  [{ kind: 'float', bits: 32 }, 'real', Number.NEGATIVE_INFINITY, null, 'not-a-number'],
  [{ kind: 'date' }, 'date', '-0044-03-15', null, 'out-of-range'],
  [timestamp(6), 'datetime2(6)', '-0044-03-15 12:00:00.000000', null, 'out-of-range'],
  [timestamp(3), 'datetime', '1752-12-31 00:00:00.000', null, 'out-of-range'],
  [timestamp(0), 'smalldatetime', '2079-06-07 00:00:00', null, 'out-of-range'],
  [{ kind: 'integer', bits: 64, signed: true }, 'int', 2n ** 31n, null, 'out-of-range'],
  [{ kind: 'integer', bits: 8, signed: true }, 'tinyint', -1, null, 'out-of-range'],
  [decimal(40, 0), 'decimal(38,0)', `1${'0'.repeat(38)}`, null, 'out-of-range'],
  [decimal(40, 3), 'decimal(38,2)', '-0.125', '-0.13', 'rounded'],
  [decimal(20, 5), 'money', '0.00005', '0.0001', 'rounded'],
  [timestamp(3), 'datetime', '2026-04-27 12:00:00.001', '2026-04-27 12:00:00.000', 'rounded'],
  [timestamp(3), 'datetime', '2026-04-27 23:59:59.999', '2026-04-28 00:00:00.000', 'rounded'],
  [timestamp(6), 'smalldatetime', '2026-04-27 12:00:59.999999', '2026-04-27 12:00:00', 'rounded'],
  [timestamp(7), 'datetime2(6)', '9999-12-31 23:59:59.9999999', '9999-12-31 23:59:59.999999', 'rounded'],
  [{ kind: 'time', precision: 7 }, 'time(2)', '23:59:59.9999999', '23:59:59.99', 'rounded'],
]

/** The digest of one row of cells in a column. */
async function digestOf(logical: LogicalType, cell: Cell): Promise<bigint> {
  const digest = new RowDigest()
  for await (const { bytes } of avroRows([column('v', logical)], [[cell]])) {
    digest.addRow(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length)
  }
  return digest.digest
}

describe('a value that its column does not hold', () => {
  const rows = ROWS.map(([source, declaration, cell, held, kind, collation]) => {
    return { source, declaration, cell, held, kind, collation }
  })

  it.each(rows)('in $declaration is $kind: $cell', async ({ source, declaration, cell, held, kind, collation }) => {
    const { losses, ...facts } = await encodeForTarget([pair(column('v', source), declaration, collation)], [[cell]])
    expect(losses.map((loss) => [loss.column, loss.kind, loss.count, loss.samples.length])).toEqual([['v', kind, 1, 1]])
    expect(facts.rows).toBe(1)
    expect(facts.digest).toBe(await digestOf(logicalOf(declaration), held))
  })

  it('keeps a few samples, cut when they are long', async () => {
    const texts = Array.from({ length: 8 }, () => ['名'.repeat(100)])
    const { losses } = await encodeForTarget([pair(column('v', text(null)), 'varchar(200)')], texts)
    const sample = `"${'名'.repeat(80)}…"`
    expect(losses).toEqual([{ column: 'v', kind: 'unmappable-character', count: 8, samples: Array(5).fill(sample) }])
  })

  it('is shown in hexadecimal when it is of bytes', async () => {
    const bytes = column('v', { kind: 'binary', length: null, fixed: false })
    const { losses } = await encodeForTarget([pair(bytes, 'varbinary(2)')], [[Uint8Array.of(0xde, 0xad, 0x0b)]])
    expect(losses.flatMap(({ samples }) => samples)).toEqual(['0xdead0b'])
  })

  it.each([
    [{ kind: 'float', bits: 64 } as LogicalType, 'float', Number.NaN],
    [{ kind: 'date' } as LogicalType, 'date', '-0044-03-15'],
  ])('ends the load when the column may not be null: %j', async (source, declaration, cell) => {
    await expect(encodeForTarget([pair(column('v', source, false), declaration)], [[cell]])).rejects.toThrow(
      'column [v] has a value that the target cannot hold',
    )
  })
})

describe('a value in another form than the backup has it', () => {
  it.each([
    [
      { kind: 'instant', precision: 6 },
      'datetimeoffset(6)',
      '2026-04-27 13:33:00.123456Z',
      '2026-04-27 13:33:00.123456 +00:00',
    ],
    [timestamp(3), 'datetime2(7)', '1969-12-31 23:59:59.999', '1969-12-31 23:59:59.9990000'],
    [decimal(10, 2), 'decimal(12,4)', '-1.25', '-1.2500'],
    [{ kind: 'integer', bits: 8, signed: true }, 'smallint', -128, -128],
    [text(4, true), 'nchar(4)', 'ab', 'ab  '],
    [text(4, true), 'char(4)', '', '    '],
    [{ kind: 'binary', length: 4, fixed: true }, 'binary(4)', Uint8Array.of(1), Uint8Array.of(1, 0, 0, 0)],
    [{ kind: 'rowversion' }, 'binary(8)', new Uint8Array(8).fill(7), new Uint8Array(8).fill(7)],
  ] as const)('is proven as it is read back: %j in %s', async (source, declaration, cell, held) => {
    const one = pair(column('v', source), declaration)
    const { losses, digest } = await encodeForTarget([one], [[cell]])
    expect(losses).toEqual([])
    expect(digest).toBe(await digestOf(one.target.logical, held))
  })

  it('is not possible for every type', async () => {
    await expect(encodeForTarget([pair(column('v', { kind: 'uuid' }), 'int')], [])).rejects.toThrow(
      'column [v] cannot hold what the backup has, values of kind uuid',
    )
  })
})
