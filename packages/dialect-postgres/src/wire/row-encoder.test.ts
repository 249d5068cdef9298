import { AvroWriter, type LogicalType, type PlannedTable, type RowBytes } from '@albackup/core'
import { sampleColumn, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { CopyWriter } from './copy-writer.ts'
import { RowEncoder } from './row-encoder.ts'

/** 'd', a length that counts itself, and the 19 bytes in front of the rows. */
const BEFORE_ROWS = 5 + 19

function tableOf(logical: LogicalType, nullable = false): PlannedTable {
  const source = sampleTable('s', 't', [sampleColumn('c', logical, { nullable })])
  const column = { source: source.columns[0]!, name: 'c', type: '', exact: true, reason: '' }
  return { source, schema: 's', name: 't', columns: [column] }
}

/** The rows as hexadecimal, without what stands around them. */
function encoded(table: PlannedTable, block: RowBytes): string {
  const encoder = new RowEncoder(table, 't')
  const writer = new CopyWriter(encoder.rowBound)
  const messages = [...encoder.encode(block, writer)].map((message) => Buffer.from(message))
  const [only] = [...messages, writer.takeLastMessage()]
  expect(only!.toString('latin1', 0, BEFORE_ROWS)).toBe(`d${lengthOf(only!)}PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0`)
  expect(only!.subarray(-2).toString('hex')).toBe('ffff')
  return only!.subarray(BEFORE_ROWS, -2).toString('hex')
}

function lengthOf(message: Buffer): string {
  const length = Buffer.alloc(4)
  length.writeInt32BE(message.length - 1)
  return length.toString('latin1')
}

function blockOf(write: (writer: AvroWriter) => void): RowBytes {
  const writer = new AvroWriter()
  write(writer)
  writer.endRow()
  return writer.takeBlock()
}

describe('the bytes of a row', () => {
  it('are the field count, and for each field its length and its bytes', () => {
    const block = blockOf((writer) => writer.writeInt(-2))
    expect(encoded(tableOf({ kind: 'integer', bits: 32, signed: true }), block)).toBe('0001' + '00000004' + 'fffffffe')
  })

  it('have the length -1 for NULL', () => {
    const block = blockOf((writer) => writer.writeNull())
    expect(encoded(tableOf({ kind: 'boolean' }, true), block)).toBe('0001ffffffff')
  })

  // Groups, weight of the first, sign, scale, groups: numeric.c, "numeric_send".
  it.each([
    ['0', 0n, 4, '0000000000000004'],
    ['1.0000', 10000n, 4, '0001' + '0000' + '0000' + '0004' + '0001'],
    ['-12345.67', -1234567n, 2, '0003' + '0001' + '4000' + '0002' + '0001' + '0929' + '1a2c'],
    ['0.0001', 1n, 4, '0001' + 'ffff' + '0000' + '0004' + '0001'],
    ['0.00001', 1n, 5, '0001' + 'fffe' + '0000' + '0005' + '03e8'],
    ['100000000', 100000000n, 0, '0001' + '0002' + '0000' + '0000' + '0001'],
  ])('of the decimal %s are those that the server sends', (_, unscaled, scale, groups) => {
    const block = blockOf((writer) => writeDecimal(writer, unscaled))
    const table = tableOf({ kind: 'decimal', precision: 38, scale })
    expect(encoded(table, block).slice(12)).toBe(groups)
  })

  it('of decimals agree with plain arithmetic, whatever their length', () => {
    for (let digits = 1; digits <= 38; digits++) {
      for (const scale of [0, 1, 2, 3, 4, 5, 19, 38].filter((one) => one <= 38)) {
        const unscaled =
          BigInt('98765432109876543210987654321098765432'.slice(0, digits)) * (digits % 2 === 0 ? -1n : 1n)
        const block = blockOf((writer) => writeDecimal(writer, unscaled))
        const bytes = Buffer.from(encoded(tableOf({ kind: 'decimal', precision: 38, scale }), block).slice(12), 'hex')
        expect(unscaledOf(bytes, scale)).toBe(unscaled)
      }
    }
  })
})

it('begins a message anew when one is full, and none when a row is larger than a message', () => {
  const table = tableOf({ kind: 'binary', length: null, fixed: false })
  const writer = new AvroWriter()
  for (const size of [40_000, 40_000, 10, 500_000, 10]) {
    writer.reserve(size + 10)
    writer.writeBytes(new Uint8Array(size))
    writer.endRow()
  }
  const encoder = new RowEncoder(table, 't')
  const copy = new CopyWriter(encoder.rowBound)
  const lengths = []
  for (const message of encoder.encode(writer.takeBlock(), copy)) {
    lengths.push(message.length)
    copy.recycle(message)
  }
  expect(lengths).toEqual([BEFORE_ROWS + 2 * 40_006, 5 + 16 + 500_006])
  expect(copy.takeLastMessage()).toHaveLength(5 + 16 + 2)
  expect(copy.facts.rows).toBe(5)
})

describe('a block whose rows and bytes disagree', () => {
  const text = tableOf({ kind: 'text', length: null, unit: 'utf16', fixed: false })
  const whole = blockOf((writer) => writer.writeBytes(Buffer.from('some text')))

  it.each<[string, RowBytes]>([
    ['ends within a value', { rows: 1, bytes: whole.bytes.subarray(0, 5) }],
    ['ends before its last row', { rows: 2, bytes: whole.bytes }],
    ['goes on after its last row', { rows: 1, bytes: Buffer.concat([whole.bytes, whole.bytes]) }],
    ['has a negative length', { rows: 1, bytes: Buffer.from([0x13]) }],
  ])('is refused when it %s', (_, block) => {
    expect(() => encoded(text, block)).toThrow(RangeError)
  })
})

function writeDecimal(writer: AvroWriter, unscaled: bigint): void {
  const hex = (unscaled < 0n ? -unscaled : unscaled).toString(16)
  const magnitude = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').reverse()
  writer.writeDecimal(unscaled < 0n, magnitude, 0, magnitude.length)
}

/** The unscaled value of a numeric in its binary form. */
function unscaledOf(bytes: Buffer, scale: number): bigint {
  const groups = bytes.readInt16BE(0)
  const weight = bytes.readInt16BE(2)
  let value = 0n
  for (let i = 0; i < groups; i++) value = value * 10_000n + BigInt(bytes.readInt16BE(8 + 2 * i))
  const exponent = 4 * (weight - groups + 1) + scale
  const unscaled = exponent >= 0 ? value * 10n ** BigInt(exponent) : value / 10n ** BigInt(-exponent)
  return bytes.readUInt16BE(4) === 0x4000 ? -unscaled : unscaled
}
