import { AvroWriter, type Cell, type PlannedTable, type RowBlock, storedColumns } from '@albackup/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { blockOf, LONG_TEXT, manyDecimals, mixedRows, TEXT, tableOf, VALUES } from '../testing/plain-values.ts'
import { CopyReader } from './copy-reader.ts'
import { CopyWriter } from './copy-writer.ts'
import { columnDecoder } from './decode/column-decoder.ts'
import { PlainDecoder } from './plain-decoder.ts'
import { RowDecoder } from './row-decoder.ts'
import { RowEncoder } from './row-encoder.ts'

/** Of a message: 'd', a length; in the first, the 19 bytes in front of the rows. */
const BEFORE_ROWS = 5 + 19
const TRAILER = Buffer.from([0xff, 0xff])
/** A message of one LONG_TEXT. */
const ROW_BYTES = 5 + 2 + 4 + Buffer.byteLength(LONG_TEXT)
const CHUNKS = [13, 1000, 1 << 18]

/** Those of them that PostgreSQL has. */
const COLUMNS = VALUES.filter(([logical]) => {
  const [column] = storedColumns(tableOf([logical], false).source)
  return columnDecoder(column!, 'utf-8', new AvroWriter()) !== undefined
})

afterEach(() => void vi.restoreAllMocks())

describe.each(COLUMNS)('a column of %o', (logical, plain, others) => {
  it.each([false, true])('is the same either way, nullable: %o', async (nullable) => {
    const table = tableOf([logical], nullable)
    for (const cell of [...plain, ...others, ...(nullable ? [null] : [])]) {
      const stream = await messagesOf(table, [[plain[0]!], [cell], [plain[0]!]])
      expect(read(table, stream)).toEqual(readSlowly(table, stream))
    }
  })

  it('has plain values', async () => {
    const decode = vi.spyOn(PlainDecoder.prototype, 'decode')
    const rows = plain.map((cell) => [cell])
    // The first row comes with what is in front of all rows, and is not looked at.
    const { facts } = read(
      tableOf([logical], true),
      await messagesOf(tableOf([logical], true), [[null], ...rows, [null]]),
    )
    expect(facts.rows).toBe(plain.length + 2)
    expect(decode.mock.results.reduce((sum, { value }) => sum + value, 0)).toBe(plain.length + 1)
  })
})

describe('rows of many columns', () => {
  const table = tableOf(
    COLUMNS.map(([logical]) => logical),
    true,
  )

  it.each(CHUNKS)('are the same either way, in pieces of %i bytes', async (size) => {
    const rows = mixedRows(2000).map((row) => row.filter((_, i) => COLUMNS.includes(VALUES[i]!)))
    const stream = await messagesOf(table, rows)
    expect(read(table, stream, size)).toEqual(readSlowly(table, stream, size))
  })

  it('make the same blocks', async () => {
    const texts = tableOf([TEXT, { kind: 'integer', bits: 32, signed: true }], true)
    const rows = Array.from({ length: 30_000 }, (_, i) => [i % 7 === 0 ? null : LONG_TEXT, i])
    const stream = await messagesOf(texts, rows)
    const { blocks } = read(texts, stream)
    expect(blocks.length).toBeGreaterThan(2)
    expect(blocks).toEqual(readSlowly(texts, stream).blocks)
  })
})

it('decimals of all lengths and scales are the same either way', async () => {
  const { table, rows } = manyDecimals()
  const stream = await messagesOf(table, rows)
  expect(read(table, stream)).toEqual(readSlowly(table, stream))
})

it.each([300_000, 600_000, 5 << 20])('reads a value of %i bytes between others', async (length) => {
  const table = tableOf([TEXT], false)
  const stream = await messagesOf(table, [['a'], ['b'], ['x'.repeat(length)], ['c'], ['d'.repeat(9)], ['e']])
  for (const size of [1000, 1 << 18]) expect(read(table, stream, size)).toEqual(readSlowly(table, stream, size))
})

it('comes back to its memory behind a value that is larger', async () => {
  const table = tableOf([TEXT], false)
  const decode = vi.spyOn(PlainDecoder.prototype, 'decode')
  const rows = Array.from({ length: 40_000 }, () => [LONG_TEXT])
  const stream = await messagesOf(table, [['x'.repeat(600_000)], ...rows.slice(0, 100)])
  // As large as others that have come before: the last row again and again.
  const row = Buffer.from(stream.subarray(stream.length - 12 - ROW_BYTES, stream.length - 12))
  const all = Buffer.concat([stream.subarray(0, -12), ...rows.map(() => row), stream.subarray(-12)])
  expect(read(table, all, 1 << 18).facts.rows).toBe(40_101)
  expect(decode.mock.results.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(30_000)
})

describe('a row that is not as it should be, behind others,', () => {
  const table = tableOf([{ kind: 'integer', bits: 32, signed: true }, TEXT], false)

  it.each([
    ['has another number of fields', '0001' + '0000000400000001'],
    ['has a value of another length', '0002' + '000000020001' + '0000000161'],
    ['holds NULL', '0002' + 'ffffffff' + '0000000161'],
    ['ends within a value', '0002' + '0000000400000001' + '0000000961'],
    ['goes on behind its values', '0002' + '0000000400000001' + '000000016161'],
    ['ends within a length', '0002' + '0000000400000001' + '0000'],
  ])('is refused in the same words when it %s', async (_, row) => {
    const stream = await messagesOf(
      table,
      [
        [1, 'a'],
        [2, 'b'],
      ],
      Buffer.from(row, 'hex'),
    )
    const reason = refusal(() => readSlowly(table, stream))
    expect(reason).toMatch(/./)
    expect(refusal(() => read(table, stream))).toBe(reason)
  })
})

function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    return String(error)
  }
  return ''
}

/** What the server sends for the rows, and one more as it is. */
async function messagesOf(
  table: PlannedTable,
  rows: readonly (readonly Cell[])[],
  ...more: readonly Buffer[]
): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const row of rows) {
    const encoder = new RowEncoder(table, 't')
    const to = new CopyWriter(encoder.rowBound)
    const messages = [...encoder.encode(await blockOf(table, [row]), to), to.takeLastMessage()]
    const all = Buffer.concat(messages.map((message) => message.subarray(5)))
    parts.push(all.subarray(parts.length === 0 ? 0 : BEFORE_ROWS - 5, -TRAILER.length))
  }
  return Buffer.concat([
    ...[...parts, ...more, TRAILER].map((body) => message('d', body)),
    message('c', Buffer.alloc(0)),
  ])
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

function read(table: PlannedTable, stream: Buffer, size = stream.length) {
  return readWith(table, stream, size, (decoder) => decoder)
}

function readSlowly(table: PlannedTable, stream: Buffer, size = stream.length) {
  return readWith(table, stream, size, (decoder) => Object.assign(decoder, { plain: () => undefined }))
}

function readWith(table: PlannedTable, stream: Buffer, size: number, change: (decoder: RowDecoder) => RowDecoder) {
  const blocks: RowBlock[] = []
  const writer = new AvroWriter()
  const decoder = change(new RowDecoder(storedColumns(table.source), 'utf-8', writer))
  const onOther = () => expect.unreachable()
  const reader = new CopyReader(decoder, writer, (block) => blocks.push(block), onOther)
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size))
  expect(reader.done).toBe(true)
  reader.giveBackMemory()
  return {
    facts: { rows: reader.rows },
    blocks: blocks.map(({ bytes, ...facts }) => ({ ...facts, bytes: Buffer.from(bytes).toString('hex') })),
  }
}
