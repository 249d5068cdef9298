import { AvroReader, AvroWriter, type Column, type LogicalType, type RowBlock } from '@albackup/core'
import { sampleColumn } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { CopyReader } from './copy-reader.ts'
import { RowDecoder } from './row-decoder.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const TEXT: LogicalType = { kind: 'text', length: null, unit: 'characters', fixed: false }
const COLUMNS = [sampleColumn('n', INT), sampleColumn('t', TEXT, { nullable: true })]

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = Buffer.from([0xff, 0xff])
const COPY_OUT = message('H', Buffer.from([1, 0, 2, 0, 1, 0, 1]))
const COPY_DONE = message('c', Buffer.alloc(0))

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

function row(...fields: readonly (Buffer | null)[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeInt16BE(fields.length)
  const parts = fields.flatMap((field) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(field === null ? -1 : field.length)
    return field === null ? [length] : [length, field]
  })
  return Buffer.concat([count, ...parts])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const ROWS = [row(int(1), Buffer.from('one')), row(int(-2), null)]
const WHOLE = Buffer.concat([
  COPY_OUT,
  message('d', Buffer.concat([HEADER, ROWS[0]!])),
  message('d', ROWS[1]!),
  message('d', TRAILER),
  COPY_DONE,
])

function reading(columns: readonly Column[] = COLUMNS) {
  const blocks: RowBlock[] = []
  const others: Buffer[] = []
  const writer = new AvroWriter()
  const reader = new CopyReader(
    new RowDecoder(columns, 'utf-8', writer),
    writer,
    (block) => blocks.push(block),
    (other) => others.push(other),
  )
  return { reader, blocks, others }
}

function expectRows(blocks: readonly RowBlock[]): void {
  expect(blocks.map(({ rows }) => rows)).toEqual([2])
  const avro = new AvroReader(blocks[0]!.bytes)
  expect([avro.readInt(), avro.readPresent(), avro.readBytes().toString()]).toEqual([1, true, 'one'])
  expect([avro.readInt(), avro.readPresent(), avro.offset]).toEqual([-2, false, avro.end])
}

describe('the messages of a COPY', () => {
  it('are read wherever the network cuts them', () => {
    for (let size = 1; size <= WHOLE.length; size++) {
      const { reader, blocks } = reading()
      for (let at = 0; at < WHOLE.length; at += size) reader.push(WHOLE.subarray(at, at + size))
      expect({ done: reader.done, rows: reader.rows }).toEqual({ done: true, rows: 2 })
      expectRows(blocks)
    }
  })

  it('are left to others when they are not about rows, and after the last row', () => {
    const { reader, blocks, others } = reading()
    const notice = message('N', Buffer.from('SNOTICE\0'))
    const complete = message('C', Buffer.from('COPY 2\0'))
    reader.push(Buffer.concat([WHOLE.subarray(0, COPY_OUT.length), notice, WHOLE.subarray(COPY_OUT.length), complete]))
    expectRows(blocks)
    expect(others).toEqual([notice])
    expect(reader.takeRest()).toEqual(complete)
  })

  it('end where the server sends an error, which is for others to read', () => {
    const { reader } = reading()
    const error = message('E', Buffer.from('SERROR\0\0'))
    reader.push(Buffer.concat([COPY_OUT, error]))
    expect(reader.done).toBe(true)
    expect(reader.takeRest()).toEqual(error)
  })

  it('may carry a header without a row', () => {
    const { reader, blocks } = reading()
    reader.push(Buffer.concat([COPY_OUT, message('d', HEADER), message('d', TRAILER), COPY_DONE]))
    expect({ done: reader.done, blocks }).toEqual({ done: true, blocks: [] })
  })

  it.each<[string, Buffer, RegExp]>([
    ['another form', Buffer.from('1\tone\n'), /unknown form/],
    ['a column too many', Buffer.concat([HEADER, row(int(1), null, null)]), /3 columns arrive where 2/],
    ['NULL where none may be', Buffer.concat([HEADER, row(null, null)]), /column "n": it holds NULL/],
    [
      'a value of another length',
      Buffer.concat([HEADER, row(Buffer.alloc(8), null)]),
      /column "n": a value has 8 bytes/,
    ],
    ['bytes behind the last value', Buffer.concat([HEADER, ROWS[1]!, Buffer.alloc(1)]), /bytes ends at/],
    ['a value beyond the row', Buffer.concat([HEADER, ROWS[0]!.subarray(0, -1)]), /column "t": a value runs beyond/],
  ])('are refused with %s, and what follows is thrown away', (_, data, reason) => {
    const { reader, blocks } = reading()
    expect(() => reader.push(message('d', data))).toThrow(reason)
    reader.discard()
    reader.push(WHOLE)
    expect({ done: reader.done, blocks }).toEqual({ done: true, blocks: [] })
  })

  it('are refused when the rows end without a trailer', () => {
    const { reader } = reading()
    const cut = Buffer.concat([COPY_OUT, message('d', Buffer.concat([HEADER, ROWS[0]!])), COPY_DONE])
    expect(() => reader.push(cut)).toThrow(/without a trailer/)
  })
})
