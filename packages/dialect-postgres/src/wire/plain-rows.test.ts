import {
  type Cell,
  encodeRows,
  type LogicalType,
  type PlannedTable,
  type RowBlock,
  type RowBytes,
} from '@albackup/core'
import { sampleColumn, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy.ts'
import { CopyWriter } from './copy-writer.ts'
import { LossLedger } from './loss-ledger.ts'
import { PlainRows } from './plain-rows.ts'
import { columnEncoders, RowEncoder, rowBoundOf } from './row-encoder.ts'

const LONG_TEXT = 'Größe 한 😀 '.repeat(9)
const TEXT: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }
const TICKS: LogicalType = { kind: 'timestamp', precision: 7 }

/** A type, values of it that are plain, and values that are left to the encoders. */
const VALUES: readonly (readonly [LogicalType, plain: readonly Exclude<Cell, null>[], others: readonly Cell[]])[] = [
  [{ kind: 'boolean' }, [false, true], []],
  [{ kind: 'integer', bits: 8, signed: false }, [0, 255], []],
  [{ kind: 'integer', bits: 16, signed: true }, [0, -1, 32767, -32768], []],
  [{ kind: 'integer', bits: 32, signed: true }, [0, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31)], []],
  [{ kind: 'integer', bits: 64, signed: true }, [0n, -1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)], []],
  [{ kind: 'float', bits: 32 }, [0, -0, 1.5, Number.POSITIVE_INFINITY, Number.NaN], []],
  [{ kind: 'float', bits: 64 }, [0, -0, 0.1, Number.NEGATIVE_INFINITY, Number.NaN, 5e-324], []],
  [{ kind: 'decimal', precision: 5, scale: 0 }, ['0', '-1', '9999', '10000', '99999', '-99999'], ['NaN']],
  [{ kind: 'decimal', precision: 9, scale: 1 }, ['0.0', '0.1', '-0.1', '10000.0', '99999999.9'], ['NaN']],
  [{ kind: 'decimal', precision: 15, scale: 2 }, ['0.01', '-12345.67', '9999999999999.99', '100.00'], ['NaN']],
  [
    { kind: 'decimal', precision: 18, scale: 3 },
    ['0.001', '-1.230', '18446744073709.551'],
    ['999999999999999.999', 'NaN'],
  ],
  [
    { kind: 'decimal', precision: 19, scale: 4 },
    ['922337203685477.5807', '-922337203685477.5808', '0.0001', '100000000.0000'],
    ['999999999999999.9999', 'NaN'],
  ],
  [
    { kind: 'decimal', precision: 38, scale: 10 },
    ['0.0000000001', '-1000000.0000000000'],
    ['1234567890123456789012345678.0123456789', 'NaN'],
  ],
  [{ kind: 'decimal', precision: 38, scale: 38 }, [`0.${'0'.repeat(30)}12345678`], [`-0.${'9'.repeat(38)}`]],
  [
    TEXT,
    ['', 'a', 'seven b', 'eight by', 'nine byte', 'ÿ', '한', '😀', LONG_TEXT],
    ['a\0', '\0', '12345678\0', '\ud800', `${'x'.repeat(63)}\udfff`],
  ],
  [{ kind: 'text', length: 4, unit: 'utf16', fixed: true }, ['', 'a', 'äöü', '😀', 'abcd'], ['\0', '\udc00']],
  [{ kind: 'xml' }, ['<a/>'], ['<a>\ud800</a>']],
  [{ kind: 'binary', length: null, fixed: false }, [Buffer.of(), Buffer.of(0, 255), Buffer.alloc(100, 1)], []],
  [{ kind: 'rowversion' }, [Buffer.of(0, 0, 0, 0, 0, 1, 2, 3)], []],
  [{ kind: 'uuid' }, ['6f9619ff-8b86-d011-b42d-00c04fc964ff'], []],
  [{ kind: 'date' }, ['1970-01-01', '2000-01-01', '0001-01-01', '9999-12-31', 'infinity', '-infinity'], []],
  [{ kind: 'time', precision: 6 }, ['00:00:00.000000', '23:59:59.999999'], []],
  [{ kind: 'time', precision: 7 }, ['00:00:00.0000000', '23:59:59.9999990'], ['23:59:59.9999999']],
  [
    { kind: 'timestamp', precision: 3 },
    ['0001-01-01 00:00:00.000', '9999-12-31 23:59:59.997', 'infinity', '-infinity'],
    [],
  ],
  [
    { kind: 'timestamp', precision: 6 },
    [
      '2000-01-01 00:00:00.000000',
      '0001-01-01 00:00:00.000001',
      '294246-12-31 00:00:00.000000',
      'infinity',
      '-infinity',
    ],
    ['294276-12-31 23:59:59.999999'],
  ],
  [TICKS, ['0001-01-01 00:00:00.0000000', '9999-12-31 23:59:59.9999990'], ['1969-12-31 23:59:59.9999999']],
  [{ kind: 'instant', precision: 6 }, ['2026-03-29 01:00:00.123456Z'], []],
  [
    { kind: 'timestamp-offset', precision: 6 },
    ['2026-03-29 02:00:00.123456 +02:00', '1969-12-31 10:00:00.000000 -14:00'],
    [],
  ],
  [
    { kind: 'timestamp-offset', precision: 7 },
    ['2026-03-29 02:00:00.1234560 +02:00'],
    ['2026-03-29 02:00:00.1234567 +02:00'],
  ],
]

describe.each(VALUES)('a column of %o', (logical, plain, others) => {
  const table = tableOf([logical], false)
  const nullable = tableOf([logical], true)

  it.each(plain)('has the plain value %o', async (value) => {
    for (const [one, cell] of [
      [table, value],
      [nullable, value],
      [nullable, null],
    ] as const) {
      const block = await blockOf(one, [[cell]])
      expect(plainRowsIn(one, block)).toBe(1)
      expect(fastBytes(one, block)).toEqual(slowBytes(one, block))
    }
  })

  it.each(others)('leaves %o to its encoder', async (value) => {
    const block = await blockOf(table, [[plain[0]!], [value], [plain[0]!]])
    expect(plainRowsIn(table, block)).toBe(1)
    expect(fastBytes(table, block)).toEqual(slowBytes(table, block))
  })
})

describe('rows of many columns', () => {
  it('are the same either way, with the same digest and losses, whatever stands beside what', async () => {
    const types = VALUES.map(([logical]) => logical)
    const table = tableOf(types, true)
    const block = await blockOf(table, mixedRows(3000))
    const fast = fastBytes(table, block)
    expect(fast.losses).not.toEqual([])
    expect(fast).toEqual(slowBytes(table, block))
  })

  it('are the same over many blocks, in messages of the same lengths', async () => {
    const table = tableOf([TEXT, { kind: 'integer', bits: 32, signed: true }], true)
    const blocks = await blocksOf(
      table,
      Array.from({ length: 60_000 }, (_, i) => [i % 7 === 0 ? null : LONG_TEXT, i]),
    )
    expect(blocks.length).toBeGreaterThan(2)
    expect(fastBytes(table, ...blocks)).toEqual(slowBytes(table, ...blocks))
  })
})

describe('a row larger than the memory', () => {
  const table = tableOf([TEXT], false)

  it.each([70_000, 100_000, 3 << 20])('of %i bytes comes between others all the same', async (length) => {
    const blocks = await blocksOf(table, [
      ['before'],
      ['x'.repeat(length)],
      ['after'],
      [`${'y'.repeat(length)}\0`],
      ['last'],
    ])
    expect(fastBytes(table, ...blocks)).toEqual(slowBytes(table, ...blocks))
  })
})

it('leaves a table to the encoders where the rows turn out to be none that are plain', async () => {
  const table = tableOf([TICKS], false)
  const blocks = await blocksOf(
    table,
    Array.from({ length: 3000 }, () => ['2026-03-29 02:00:00.1234567']),
  )
  const fast = fastBytes(table, ...blocks)
  expect(fast.losses[0]?.count).toBe(3000)
  expect(fast).toEqual(slowBytes(table, ...blocks))
})

it('counts an offset that has no column of its own where it is not zero', async () => {
  const { companion: _, ...column } = tableOf([{ kind: 'timestamp-offset', precision: 7 }], true).columns[0]!
  const table = { ...tableOf([column.source.logical], true), columns: [column] }
  const moments = ['2026-03-29 02:00:00.1234560 +00:00', null, '2026-03-29 02:00:00.1234560 +02:00', null]
  const block = await blockOf(
    table,
    moments.map((moment) => [moment]),
  )
  expect(plainRowsIn(table, block)).toBe(2)
  expect(fastBytes(table, block)).toEqual(slowBytes(table, block))
})

describe('a block whose rows and bytes disagree', () => {
  it.each<[string, (block: RowBlock) => RowBytes]>([
    ['ends within a value', ({ rows, bytes }) => ({ rows, bytes: bytes.subarray(0, 5) })],
    ['ends before its last row', ({ rows, bytes }) => ({ rows: rows + 1, bytes })],
    ['goes on after its last row', ({ rows, bytes }) => ({ rows, bytes: Buffer.concat([bytes, bytes]) })],
    ['has a negative length', () => ({ rows: 1, bytes: Buffer.from([0x13]) })],
    ['has a length beyond all memory', () => ({ rows: 1, bytes: Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f]) })],
  ])('is refused when it %s, after a longer one', async (_, damage) => {
    const table = tableOf([TEXT], false)
    const longer = await blockOf(table, [['a text that is longer than the other']])
    const block = damage(await blockOf(table, [['some text']]))
    expect(() => fastBytes(table, longer, block)).toThrow(RangeError)
  })
})

function tableOf(types: readonly LogicalType[], nullable: boolean): PlannedTable {
  const columns = types.map((logical, i) => sampleColumn(`c${i}`, logical, { nullable }))
  const source = sampleTable('s', 't', columns)
  const planned = source.columns.map((column) => ({
    source: column,
    name: column.name,
    type: '',
    exact: true,
    reason: '',
    ...(column.logical.kind === 'timestamp-offset' && { companion: { name: 'o', type: 'smallint' } }),
  }))
  return {
    source,
    schema: 's',
    name: 't',
    columns: planned,
    policy: { text: { nul: 'replace', surrogate: 'replace' } },
  }
}

/** Each row takes of each type another value, one of them often. */
function mixedRows(count: number): readonly (readonly Cell[])[] {
  return Array.from({ length: count }, (_, row) =>
    VALUES.map(([, plain, others], column) => {
      const turn = (row * 31 + column * 17) % 100
      if (turn < 10) return null
      if (turn === 10 && others.length > 0) return others[row % others.length]!
      return plain[(row + column) % plain.length]!
    }),
  )
}

async function blocksOf(table: PlannedTable, rows: readonly (readonly Cell[])[]): Promise<readonly RowBlock[]> {
  const blocks: RowBlock[] = []
  for await (const block of encodeRows(table.source, rows)) blocks.push(block)
  return blocks
}

async function blockOf(table: PlannedTable, rows: readonly (readonly Cell[])[]): Promise<RowBlock> {
  const [block] = await blocksOf(table, rows)
  return block!
}

function fastBytes(table: PlannedTable, ...blocks: readonly RowBytes[]) {
  const encoder = new RowEncoder(table, 't')
  return sent(encoder, encoder.writer(true), blocks)
}

function slowBytes(table: PlannedTable, ...blocks: readonly RowBytes[]) {
  const encoder = new RowEncoder(table, 't')
  return sent(encoder, new CopyWriter(encoder.rowBound), blocks)
}

function sent(encoder: RowEncoder, writer: CopyWriter, blocks: readonly RowBytes[]) {
  const messages: string[] = []
  const keep = (message: Buffer) => {
    messages.push(message.toString('hex'))
    writer.recycle(message)
  }
  for (const block of blocks) for (const message of encoder.encode(block, writer)) keep(message)
  keep(writer.takeLastMessage())
  return { messages, facts: writer.facts, losses: encoder.losses }
}

/** How many rows of the block go the fast way before the first that does not. */
function plainRowsIn(table: PlannedTable, block: RowBytes): number {
  const encoders = columnEncoders(table, parsePolicy({}), new LossLedger('t'), new Set())
  const columns = encoders.map(({ plain, fields }, i) => ({
    form: plain!,
    nulls: table.columns[i]!.source.nullable ? fields : 0,
  }))
  const fields = encoders.reduce((sum, encoder) => sum + encoder.fields, 0)
  const rows = new PlainRows(columns, fields, rowBoundOf(encoders), true)
  const from = rows.enter(block.bytes)!
  return rows.encode(from, block.rows, new CopyWriter(rowBoundOf(encoders), true, rows.messages))
}
