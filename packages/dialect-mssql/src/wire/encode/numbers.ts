import type { IntegerType } from '@albackup/core'
import type { DecimalRange, NumberSource } from './decimal.ts'
import type { TdsWriter } from './tds-writer.ts'
import type { ColumnReport, EncodeValue, ValueEncoder } from './value-encoder.ts'

/** 0 and 1 of a boolean. */
export const BOOLEAN_SOURCE: NumberSource = { scale: 0, read: (from) => (from.readBoolean() ? 1n : 0n) }

export const INTEGER_SOURCE: NumberSource = { scale: 0, read: (from) => from.readBigLong() }

/** What an integer of `size` bytes holds; one of a single byte is unsigned, and a bit of none is 0 or 1. */
export function integerRange(size: number): DecimalRange {
  if (size <= 1) return { scale: 0, least: 0n, greatest: size === 0 ? 1n : 255n }
  const least = -(2n ** BigInt(size * 8 - 1))
  return { scale: 0, least, greatest: -least - 1n }
}

export function writeInteger(size: number): (value: bigint, to: TdsWriter) => void {
  return (value, to) => {
    to.writeByte(size)
    for (let i = 0, rest = value; i < size; i++, rest >>= 8n) to.writeByte(Number(rest & 0xffn))
  }
}

export const writeBit = writeInteger(1)

/** bit. */
export function bitEncoder(): ValueEncoder {
  return {
    bound: 2,
    encode(from, to) {
      to.writeByte(1)
      to.writeByte(from.readBoolean() ? 1 : 0)
    },
  }
}

/** tinyint, smallint, int and bigint of `size` bytes; the first is unsigned. */
export function integerEncoder(source: IntegerType, size: number, report: ColumnReport): ValueEncoder {
  const fits = source.bits < size * 8 || (source.bits === size * 8 && source.signed === size > 1)
  // An unsigned byte fits every larger type, a signed one not the tinyint.
  const narrows = !fits || (size === 1 && source.signed)
  return { bound: 9, encode: narrows ? checked(size, report) : size === 8 ? encodeInt64 : unchecked(size) }
}

function unchecked(size: number): EncodeValue {
  switch (size) {
    case 1:
      return (from, to) => {
        to.writeByte(1)
        to.writeByte(from.readInt())
      }
    case 2:
      return (from, to) => {
        to.writeByte(2)
        to.writeUint16(from.readInt())
      }
    default:
      return (from, to) => {
        to.writeByte(4)
        to.writeInt32(from.readInt())
      }
  }
}

const encodeInt64: EncodeValue = (from, to) => {
  from.readLong()
  to.writeByte(8)
  to.writeInt32(from.low)
  to.writeInt32(from.high)
}

/** For a column that does not hold every value of the source's type. */
function checked(size: number, report: ColumnReport): EncodeValue {
  const write = unchecked(size)
  const { least, greatest } = integerRange(size)
  return (from, to) => {
    const valueBegin = from.offset
    const value = from.readBigLong()
    if (value < least || value > greatest) {
      report.becomesNull('out-of-range', from, valueBegin)
      to.writeByte(0)
      return
    }
    from.offset = valueBegin
    write(from, to)
  }
}

/** An exponent of ones: the infinities and every NaN, which SQL Server does not take. */
const EXPONENT_32 = 0x7f800000
const EXPONENT_64 = 0x7ff00000

/** real and float. The bits are moved, not the number, so that -0.0 stays what it is. */
export function floatEncoder(bits: 32 | 64, report: ColumnReport): ValueEncoder {
  const length = bits / 8
  const exponent = bits === 32 ? EXPONENT_32 : EXPONENT_64
  return {
    bound: 9,
    encode(from, to) {
      const valueBegin = from.offset
      from.offset += length
      const top = from.view.getInt32(from.offset - 4, true)
      if ((top & exponent) === exponent) {
        report.becomesNull('not-a-number', from, valueBegin)
        to.writeByte(0)
        return
      }
      to.writeByte(length)
      if (length === 8) to.writeInt32(from.view.getInt32(valueBegin, true))
      to.writeInt32(top)
    },
  }
}

/** A real as a float: the same number. */
export function doubleEncoder(report: ColumnReport): ValueEncoder {
  return {
    bound: 9,
    encode(from, to) {
      const valueBegin = from.offset
      from.offset += 4
      const value = from.view.getFloat32(valueBegin, true)
      if (!Number.isFinite(value)) {
        report.becomesNull('not-a-number', from, valueBegin)
        to.writeByte(0)
        return
      }
      to.writeByte(8)
      to.view.setFloat64(to.offset, value, true)
      to.offset += 8
    },
  }
}
