import { type Cell, type LogicalType, RowDigest } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { conversion } from '../../plan/migration/conversions.ts'
import { DEFAULT_POLICY } from '../../policy.ts'
import { avroRows, encodeForTarget } from '../../testing/encode-rows.ts'
import { column } from '../../testing/read-response.ts'
import { logicalOf, pair } from '../../testing/target-column.ts'

const integer = (bits: 16 | 32 | 64): LogicalType => ({ kind: 'integer', bits, signed: true })
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const timestamp = (precision: number): LogicalType => ({ kind: 'timestamp', precision })
const TEXT: LogicalType = { kind: 'text', length: null, unit: 'characters', fixed: false }
const DATE: LogicalType = { kind: 'date' }
const INSTANT: LogicalType = { kind: 'instant', precision: 6 }
const REAL: LogicalType = { kind: 'float', bits: 32 }
const BOOLEAN: LogicalType = { kind: 'boolean' }
const UUID: LogicalType = { kind: 'uuid' }
const ID = '01234567-89ab-cdef-0123-456789abcdef'

type Row = readonly [
  source: LogicalType,
  declaration: string,
  cell: Exclude<Cell, null>,
  held: Cell,
  losses?: readonly string[],
]

/** What a mapping may ask for, and what becomes of values at the edges. */
const CONVERTED: readonly Row[] = [
  [BOOLEAN, 'tinyint', true, 1],
  [BOOLEAN, 'nvarchar(5)', false, 'false'],
  [integer(16), 'bigint', -32768, -32768n],
  [integer(64), 'int', 2147483647n, 2147483647],
  [integer(64), 'int', 2147483648n, null, ['out-of-range']],
  [integer(32), 'bit', 1, true],
  [integer(32), 'bit', 2, null, ['out-of-range']],
  [integer(32), 'decimal(12,2)', -5, '-5.00'],
  [integer(64), 'decimal(3,0)', 1000n, null, ['out-of-range']],
  [integer(64), 'nvarchar(20)', -9223372036854775808n, '-9223372036854775808'],
  [decimal(10, 2), 'int', '-7.00', -7],
  [decimal(10, 2), 'int', '7.50', 8, ['rounded']],
  [decimal(10, 2), 'tinyint', '-1.00', null, ['out-of-range']],
  [decimal(10, 4), 'money', '-1.2345', '-1.2345'],
  [decimal(10, 2), 'nvarchar(40)', '-0.05', '-0.05'],
  [decimal(10, 2), 'decimal(10,2)', 'NaN', null, ['not-a-number']],
  [decimal(38, 0), 'decimal(38,0)', 'NaN', null, ['not-a-number']],
  [decimal(38, 0), 'decimal(38,0)', `-${'9'.repeat(38)}`, `-${'9'.repeat(38)}`],
  [decimal(10, 2), 'decimal(12,4)', 'NaN', null, ['not-a-number']],
  [REAL, 'float', 0.10000000149011612, 0.10000000149011612],
  [REAL, 'float', Number.NaN, null, ['not-a-number']],
  [REAL, 'nvarchar(32)', Number.NEGATIVE_INFINITY, '-Infinity'],
  [DATE, 'datetime2(0)', '9999-12-31', '9999-12-31 00:00:00'],
  [DATE, 'datetime', '1752-12-31', null, ['out-of-range']],
  [DATE, 'nvarchar(16)', 'infinity', 'infinity'],
  [timestamp(6), 'date', '2026-04-27 00:00:00.000000', '2026-04-27'],
  [timestamp(6), 'date', '2026-04-27 23:59:59.999999', '2026-04-27', ['time-of-day']],
  [timestamp(6), 'date', '-infinity', null, ['out-of-range']],
  [INSTANT, 'datetime2(6)', '2026-04-27 13:33:00.123456Z', '2026-04-27 13:33:00.123456'],
  [INSTANT, 'date', '2026-04-27 23:33:00.123456Z', '2026-04-27', ['time-of-day']],
  [INSTANT, 'nvarchar(34)', 'infinity', 'infinity'],
  [UUID, 'nvarchar(36)', ID, ID],
  [TEXT, 'decimal(38,10)', '12345678901234567890.1234567891', '12345678901234567890.1234567891'],
  [TEXT, 'decimal(38,10)', '-0.00000000005', '-0.0000000001', ['rounded']],
  [TEXT, 'decimal(38,10)', `1${'0'.repeat(28)}`, null, ['out-of-range']],
  [TEXT, 'decimal(38,10)', 'NaN', null, ['not-a-number']],
  [TEXT, 'decimal(38,10)', '-Infinity', null, ['not-a-number']],
  [TEXT, 'decimal(19,2)', '-$92,233,720,368,547,758.08', '-92233720368547758.08'],
  [TEXT, 'bigint', '4294967295', 4294967295n],
]

async function digestOf(logical: LogicalType, cell: Cell): Promise<bigint> {
  const digest = new RowDigest()
  for await (const { bytes } of avroRows([column('v', logical)], [[cell]])) {
    digest.addRow(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length)
  }
  return digest.digest
}

const named = (rows: readonly Row[]) =>
  rows.map(([source, declaration, cell, held, losses = []]) => ({ source, declaration, cell, held, losses }))

describe('a value in a type that the mapping asks for', () => {
  it.each(named(CONVERTED))('$cell in $declaration', async ({ source, declaration, cell, held, losses }) => {
    expect(conversion(source, declaration)).toBeDefined()
    const { digest, losses: counted } = await encodeForTarget(
      [pair(column('v', source), declaration)],
      [[cell], [null]],
    )
    const expected = (await digestOf(logicalOf(declaration), held)) + (await digestOf(logicalOf(declaration), null))
    expect(digest).toBe(BigInt.asUintN(64, expected))
    expect(counted.map(({ kind }) => kind)).toEqual(losses)
  })

  it('ends the load where a text is no number', async () => {
    const one = pair(column('v', TEXT), 'decimal(38,10)')
    await expect(encodeForTarget([one], [['12 apples']])).rejects.toThrow('"12 apples" is no number')
  })

  it.each([
    [UUID, 'int'],
    [TEXT, 'date'],
    [DATE, 'time(3)'],
    [integer(32), 'geography'],
    [TEXT, 'decimal(39,0)'],
    [TEXT, 'nvarchar(4001)'],
    [TEXT, 'datetime2(8)'],
    [TEXT, 'int; drop table x'],
  ])('is not to be had: %j in %s', (source, declaration) => {
    expect(conversion(source, declaration)).toBeUndefined()
  })
})

const CLAMPED: readonly Row[] = [
  [DATE, 'date', 'infinity', '9999-12-31', ['out-of-range']],
  [DATE, 'date', '-infinity', '0001-01-01', ['out-of-range']],
  [DATE, 'date', '2026-04-27', '2026-04-27'],
  [timestamp(6), 'datetime2(6)', 'infinity', '9999-12-31 23:59:59.999999', ['out-of-range']],
  [timestamp(6), 'datetime2(6)', '-0044-03-15 12:00:00.000000', '0001-01-01 00:00:00.000000', ['out-of-range']],
  [timestamp(6), 'datetime', 'infinity', '9999-12-31 23:59:59.997', ['out-of-range']],
  [timestamp(6), 'smalldatetime', '1800-01-01 00:00:00.000000', '1900-01-01 00:00:00', ['out-of-range']],
  [INSTANT, 'datetimeoffset(6)', 'infinity', '9999-12-31 23:59:59.999999 +00:00', ['out-of-range']],
  [timestamp(6), 'date', 'infinity', '9999-12-31', ['out-of-range']],
]

describe('a date or time that SQL Server has not got', () => {
  it.each(named(CLAMPED))('becomes the nearest one: $cell in $declaration', async (row) => {
    const { source, declaration, cell, held, losses } = row
    const policy = { ...DEFAULT_POLICY, time: { beyond: 'clamp' } } as const
    const encoded = await encodeForTarget([pair(column('v', source, false), declaration)], [[cell]], policy)
    const digest = new RowDigest()
    for await (const { bytes } of avroRows([column('v', logicalOf(declaration), false)], [[held]])) {
      digest.addRow(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length)
    }
    expect(encoded.digest).toBe(digest.digest)
    expect(encoded.losses.map(({ kind }) => kind)).toEqual(losses)
  })

  it('ends the load where the mapping says so', async () => {
    const policy = { ...DEFAULT_POLICY, time: { beyond: 'error' } } as const
    const load = encodeForTarget([pair(column('v', DATE), 'date')], [['infinity']], policy)
    await expect(load).rejects.toThrow('infinity is out of range')
  })

  it('and no number, too', async () => {
    const policy = { ...DEFAULT_POLICY, notANumber: 'error' } as const
    const load = encodeForTarget([pair(column('v', REAL), 'real')], [[Number.NaN]], policy)
    await expect(load).rejects.toThrow('NaN is not a number')
  })
})
