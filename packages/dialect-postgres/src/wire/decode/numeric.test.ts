import { AvroReader, AvroWriter, Input, type LogicalType, readCell } from '@albackup/core'
import { expect, it } from 'vitest'
import { numericDecoder } from './numeric.ts'

/** As numeric_send writes a number: groups of four digits, the weight of the first, sign, scale. */
function numeric(groups: readonly number[], weight: number, sign: number, scale: number): Buffer {
  const bytes = Buffer.alloc(8 + 2 * groups.length)
  for (const [i, word] of [groups.length, weight, sign, scale, ...groups].entries())
    bytes.writeUInt16BE(word & 0xffff, 2 * i)
  return bytes
}

/** The numbers, read one after another by one decoder. */
function decodedAll(precision: number, scale: number, ...numbers: readonly Buffer[]): readonly unknown[] {
  const writer = new AvroWriter()
  writer.reserve(1000)
  const { write } = numericDecoder(precision, scale, writer)
  for (const bytes of numbers) {
    const input = new Input()
    input.append(bytes)
    write(input, input.begin, input.end)
  }
  writer.endRow()
  const type: LogicalType = { kind: 'decimal', precision, scale }
  const reader = new AvroReader(writer.takeBlock().bytes)
  return numbers.map(() => readCell(reader, type))
}

function decoded(precision: number, scale: number, bytes: Buffer): unknown {
  return decodedAll(precision, scale, bytes)[0]
}

it.each<[string, number, number, readonly number[], number, number, number]>([
  ['0.00', 5, 2, [], 0, 0, 2],
  ['0.01', 5, 2, [100], -1, 0, 2],
  ['-1.28', 5, 2, [1, 2800], 0, 0x4000, 2],
  ['10000', 5, 0, [1], 1, 0, 0],
  ['12345.6789', 9, 4, [1, 2345, 6789], 1, 0, 4],
  ['0.00000001', 10, 8, [1], -2, 0, 8],
  ['100000000.00000000', 17, 8, [1], 2, 0, 8],
  ['-922337203685477.5808', 19, 4, [922, 3372, 368, 5477, 5808], 3, 0x4000, 4],
  ['9007199254740993', 16, 0, [9007, 1992, 5474, 993], 3, 0, 0],
  [
    '1234567890123456789012345678901234567.8',
    38,
    1,
    [1, 2345, 6789, 123, 4567, 8901, 2345, 6789, 123, 4567, 8000],
    9,
    0,
    1,
  ],
  [
    '0.99999999999999999999999999999999999999',
    38,
    38,
    [9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9900],
    -1,
    0,
    38,
  ],
  ['NaN', 5, 2, [], 0, 0xc000, 0],
])('%s is numeric(%i,%i)', (text, precision, scale, groups, weight, sign, sent) => {
  expect(decoded(precision, scale, numeric(groups, weight, sign, sent))).toBe(text)
})

it('a number of no digits is 0, whatever was read before', () => {
  const [zero, other] = [numeric([], 0, 0, 2), numeric([7, 1100], 0, 0x4000, 2)]
  expect(decodedAll(5, 2, zero, other, zero)).toEqual(['0.00', '-7.11', '0.00'])
})

it.each<[RegExp, Buffer]>([
  [/infinite/, numeric([], 0, 0xd000, 32)],
  [/more than 2 digits/, numeric([1], -1, 0, 3)],
  [/only 3 bytes/, Buffer.alloc(3)],
])('a number of another type is refused: %s', (reason, bytes) => {
  expect(() => decoded(5, 2, bytes)).toThrow(reason)
})
