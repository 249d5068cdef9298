import { expect, it } from 'vitest'
import type { LogicalType } from '../model/logical-type.ts'
import type { Column, Table } from '../model/schema-model.ts'
import { type Cell, decodeRows, encodeRows } from './cells.ts'
import { convertRows } from './convert-rows.ts'
import { offsetOfMoment, type ValueConversion, valueConversion } from './value-conversion.ts'

const TEXT: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false }
const INTEGER: LogicalType = { kind: 'integer', bits: 16, signed: true }

function table(logical: LogicalType, nullable: boolean): Table {
  const column: Column = { name: 'v', native: { declaration: '' }, logical, nullable }
  const id: Column = { ...column, name: 'id', logical: INTEGER, nullable: false }
  return { schema: 's', name: 't', columns: [id, column], uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
}

/** The cell in a column of the one type as it is in a column of the other. */
async function converted(from: LogicalType, to: LogicalType, cell: Cell, convert: ValueConversion): Promise<Cell> {
  const source = table(from, cell === null)
  const target = table(to, true)
  const column = { column: target.columns[1]!, from: 'v', convert }
  const blocks = convertRows(source, [column], encodeRows(source, [[7, cell]]))
  for await (const [value] of decodeRows({ ...target, columns: [target.columns[1]!] }, blocks)) return value!
  throw new Error('no row')
}

it.each<[LogicalType, LogicalType, Cell, Cell]>([
  [
    { kind: 'timestamp', precision: 7 },
    { kind: 'timestamp', precision: 6 },
    '2020-01-02 03:04:05.1234567',
    '2020-01-02 03:04:05.123456',
  ],
  [
    { kind: 'timestamp', precision: 7 },
    { kind: 'timestamp', precision: 3 },
    '1900-01-02 03:04:05.1239999',
    '1900-01-02 03:04:05.123',
  ],
  [
    { kind: 'timestamp', precision: 7 },
    { kind: 'timestamp', precision: 6 },
    '0001-01-01 00:00:00.0000001',
    '0001-01-01 00:00:00.000000',
  ],
  [
    { kind: 'timestamp', precision: 3 },
    { kind: 'timestamp', precision: 6 },
    '1900-01-02 03:04:05.123',
    '1900-01-02 03:04:05.123000',
  ],
  [{ kind: 'time', precision: 7 }, { kind: 'time', precision: 6 }, '23:59:59.9999999', '23:59:59.999999'],
  [
    { kind: 'timestamp-offset', precision: 7 },
    { kind: 'instant', precision: 6 },
    '2020-01-01 02:30:00.0000009 +05:30',
    '2019-12-31 21:00:00.000000Z',
  ],
  [
    { kind: 'instant', precision: 6 },
    { kind: 'timestamp-offset', precision: 7 },
    '2019-12-31 21:00:00.000001Z',
    '2019-12-31 21:00:00.0000010 +00:00',
  ],
  [{ kind: 'rowversion' }, BYTES, Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2), Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2)],
  [{ kind: 'xml' }, TEXT, '<a>é</a>', '<a>é</a>'],
  [TEXT, TEXT, null, null],
  [{ kind: 'timestamp', precision: 7 }, { kind: 'timestamp', precision: 6 }, null, null],
])('%j as %j: %s is %s', async (from, to, cell, expected) => {
  expect(await converted(from, to, cell, valueConversion(from, to)!)).toEqual(expected)
})

it('gives the offset of a moment by itself', async () => {
  const type = { kind: 'timestamp-offset', precision: 7 } as const
  expect(await converted(type, INTEGER, '2020-01-01 02:30:00.0000009 -05:30', offsetOfMoment)).toBe(-330)
})

it.each<[LogicalType, LogicalType]>([
  [
    { kind: 'timestamp', precision: 7 },
    { kind: 'instant', precision: 6 },
  ],
  [
    { kind: 'time', precision: 7 },
    { kind: 'timestamp', precision: 6 },
  ],
  [
    { kind: 'decimal', precision: 9, scale: 2 },
    { kind: 'decimal', precision: 9, scale: 3 },
  ],
  [{ kind: 'variant' }, { kind: 'json' }],
  [INTEGER, TEXT],
])('takes no value of %j for one of %j', (from, to) => {
  expect(valueConversion(from, to)).toBeUndefined()
})
