import type { PlannedTable, RowBlock, RowBytes } from '@albackup/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parsePolicy } from '../policy.ts'
import {
  blockOf,
  blocksOf,
  LONG_TEXT,
  manyDecimals,
  mixedRows,
  TEXT,
  TICKS,
  tableOf,
  VALUES,
} from '../testing/plain-values.ts'
import { CopyWriter } from './copy-writer.ts'
import { LossLedger } from './loss-ledger.ts'
import { plainColumns } from './plain-columns.ts'
import { PlainEncoder } from './plain-encoder.ts'
import { takePlainMemory } from './plain-memory.ts'
import { columnEncoders, RowEncoder, rowBoundOf } from './row-encoder.ts'

afterEach(() => void vi.restoreAllMocks())

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

it('decimals of all lengths and scales are the same either way', async () => {
  const { table, rows } = manyDecimals()
  const block = await blockOf(table, rows)
  expect(fastBytes(table, block)).toEqual(slowBytes(table, block))
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

it('goes on writing to its memory behind many rows that are larger', async () => {
  const table = tableOf([TEXT], false)
  const encode = vi.spyOn(PlainEncoder.prototype, 'encode')
  const rows = Array.from({ length: 30 }, (_, i) => [
    ['x'.repeat(100_000 + i)],
    ...Array<string[]>(2000).fill([LONG_TEXT]),
  ])
  const blocks = await blocksOf(table, rows.flat())
  const fast = fastBytes(table, ...blocks)
  expect(encode.mock.results.reduce((sum, { value }) => sum + value, 0)).toBe(30 * 2000)
  expect(fast).toEqual(slowBytes(table, ...blocks))
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

it('takes no more of an int that is too long than its encoder', () => {
  const table = tableOf([{ kind: 'integer', bits: 32, signed: true }], false)
  const block = { rows: 2, bytes: Buffer.from([0x82, 0x80, 0x80, 0x80, 0x80, 0x04]) }
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
  encoder.giveBackMemory()
  return { messages, facts: writer.facts, losses: encoder.losses }
}

/** How many rows of the block go the fast way before the first that does not. */
function plainRowsIn(table: PlannedTable, block: RowBytes): number {
  const encoders = columnEncoders(table, parsePolicy({}), new LossLedger('t'), new Set())
  const nulls = (i: number, fields: number) => (table.columns[i]!.source.nullable ? fields : 0)
  const columns = plainColumns(encoders.map((encoder, i) => ({ ...encoder, nulls: nulls(i, encoder.fields) })))
  const fields = encoders.reduce((sum, encoder) => sum + encoder.fields, 0)
  const row = { fields, bound: rowBoundOf(encoders), withDigest: true }
  const rows = new PlainEncoder(takePlainMemory()!, columns!, row)
  const from = rows.enter(block.bytes)!
  const written = rows.encode(from, block.rows, new CopyWriter(rowBoundOf(encoders), true, rows.messages))
  rows.giveBack()
  return written
}
