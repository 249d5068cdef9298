import { constants } from 'node:buffer'
import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { CannotCarryError } from '../errors.ts'
import { AvroReader } from './avro-reader.ts'
import { AvroWriter } from './avro-writer.ts'

const longs = [
  0n,
  1n,
  -1n,
  63n,
  64n,
  -64n,
  -65n,
  8191n,
  8192n,
  2n ** 31n - 1n,
  2n ** 31n,
  -(2n ** 31n),
  -(2n ** 31n) - 1n,
  2n ** 32n,
  2n ** 53n - 1n,
  2n ** 53n,
  -(2n ** 53n),
  2n ** 62n,
  2n ** 63n - 1n,
  -(2n ** 63n),
]

/** The bytes that the binary encoding of the specification has for a long, by plain arithmetic. */
function zigzagBytes(value: bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return [...bytes, Number(rest)]
}

function written(write: (writer: AvroWriter) => void): Buffer {
  const writer = new AvroWriter(64)
  writer.reserve(1024)
  write(writer)
  return writer.bytes.subarray(0, writer.offset)
}

describe('AvroWriter and AvroReader', () => {
  it.each(longs)('carry the long %d', (value) => {
    const bytes = written((writer) => writer.writeBigLong(value))
    expect([...bytes]).toEqual(zigzagBytes(value))
    expect(new AvroReader(bytes).readBigLong()).toBe(value)
  })

  it.each(longs.filter((value) => BigInt.asIntN(32, value) === value))('carry the int %d', (value) => {
    const bytes = written((writer) => writer.writeInt(Number(value)))
    expect([...bytes]).toEqual(zigzagBytes(value))
    expect(new AvroReader(bytes).readInt()).toBe(Number(value))
  })

  it.each(longs.filter((value) => Number.isSafeInteger(Number(value))))('carry the safe integer %d', (value) => {
    expect([...written((writer) => writer.writeSafeLong(Number(value)))]).toEqual(zigzagBytes(value))
  })

  it.each([0, -0, 1.5, -1.5, Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY])(
    'carry the double %d',
    (value) => {
      const reader = new AvroReader(written((writer) => writer.writeDouble(value)))
      expect(Object.is(reader.readDouble(), value)).toBe(true)
    },
  )

  it.each([
    [false, [0], [0x00]],
    [false, [0, 0, 0], [0x00]],
    [false, [0x7f], [0x7f]],
    [false, [0x80], [0x00, 0x80]],
    [true, [1], [0xff]],
    [true, [0x80], [0x80]],
    [true, [0x81], [0xff, 0x7f]],
    [true, [0x00, 0x80], [0x80, 0x00]],
    [true, [0x01, 0x80], [0xff, 0x7f, 0xff]],
    [true, [0x00, 0x01, 0x00], [0xff, 0x00]],
    [false, [0xff, 0xff, 0, 0], [0x00, 0xff, 0xff]],
  ])('write the shortest two’s complement of a decimal: negative %s, magnitude %j', (negative, magnitude, expected) => {
    const bytes = written((writer) => writer.writeDecimal(negative, Uint8Array.from(magnitude), 0, magnitude.length))
    expect([...new AvroReader(bytes).readBytes()]).toEqual(expected)
  })

  it('write what avsc reads', () => {
    const type = avsc.Type.forSchema({
      type: 'record',
      name: 'Row',
      fields: [
        { name: 'present', type: ['null', 'int'] },
        { name: 'absent', type: ['null', 'int'] },
        { name: 'yes', type: 'boolean' },
        { name: 'single', type: 'float' },
        { name: 'text', type: 'string' },
        { name: 'bytes', type: 'bytes' },
      ],
    })
    const bytes = written((writer) => {
      writer.writePresent()
      writer.writeInt(-7)
      writer.writeNull()
      writer.writeBoolean(true)
      writer.writeFloat(0.5)
      writer.writeBytes(Buffer.from('Größe 😀'))
      writer.writeBytes(Buffer.alloc(30, 9))
    })
    expect(type.fromBuffer(bytes)).toEqual(
      expect.objectContaining({
        present: -7,
        absent: null,
        yes: true,
        single: 0.5,
        text: 'Größe 😀',
        bytes: Buffer.alloc(30, 9),
      }),
    )
  })

  it('refuse a block longer than what reads it back can count, and room for more than there can be', () => {
    const writer = new AvroWriter(16)
    writer.offset = 2 ** 31
    expect(() => writer.endRow()).toThrow(CannotCarryError)
    expect(() => writer.reserve(constants.MAX_LENGTH)).toThrow(CannotCarryError)
  })

  it('keep a row that is larger than a block whole', () => {
    const writer = new AvroWriter(16)
    writer.reserve(300_020)
    writer.writeBytes(Buffer.alloc(300_000, 1))
    writer.endRow()
    expect(writer.full).toBe(true)
    const block = writer.takeBlock()
    expect(block.rows).toBe(1)
    expect(new AvroReader(block.bytes).readBytes().equals(Buffer.alloc(300_000, 1))).toBe(true)
    expect(writer.rows).toBe(0)
  })
})
