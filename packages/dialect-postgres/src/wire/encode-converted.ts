import { type AvroReader, type LogicalType, readCell } from '@albackup/core'
import type { Conversion } from '../conversions.ts'
import { countCharacters, type TextPolicy } from './awkward-text.ts'
import type { CopyWriter } from './copy-writer.ts'
import { bytesEncoder, fixedBytesEncoder } from './encode-bytes.ts'
import { writeNumber } from './encode-numeric-text.ts'
import { textEncoder, variantTextEncoder } from './encode-text.ts'
import { timestampEncoder } from './encode-times.ts'
import { type ColumnLosses, type Encoder, endOfValue } from './encoder.ts'

/** Values of a type that the mapping asks for instead of the usual one: each is exact, counted, or refused. */
export function convertedEncoder(
  logical: LogicalType,
  { to }: Conversion,
  policy: TextPolicy,
  losses: ColumnLosses,
): Encoder {
  switch (to.kind) {
    case 'whole number':
      return wholeNumberEncoder(logical, to.bits, losses)
    case 'boolean':
      return flagEncoder(logical, losses)
    case 'numeric':
      return numericEncoder(logical, to.precision, to.scale, losses)
    case 'double':
      return doubleEncoder()
    case 'text':
      return toTextEncoder(logical, to.length, policy, losses)
    case 'day':
      return dayEncoder(logical, losses)
    case 'midnight':
      return midnightEncoder()
    case 'timestamp':
      return timestampEncoder(logical.kind === 'timestamp' ? logical.precision : 6, losses)
    case 'bytes as they are':
      if (to.length === null) return bytesEncoder()
      return logical.kind === 'rowversion' ? fixedBytesEncoder(to.length) : sizedBytesEncoder(to.length, losses)
  }
}

function wholeNumberEncoder(logical: LogicalType, bits: 16 | 32 | 64, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 12,
    encode(from, to) {
      const value = wholeNumber(readCell(from, logical), losses)
      if (BigInt.asIntN(bits, value) !== value) throw losses.refuse(`${value} is beyond ${bits} bits`)
      if (bits === 16) to.writeInt16(Number(value))
      else if (bits === 32) to.writeInt32(Number(value))
      else writeBigInt(to, value)
    },
  }
}

function wholeNumber(cell: unknown, losses: ColumnLosses): bigint {
  const text = String(typeof cell === 'boolean' ? Number(cell) : cell)
  const whole = text.replace(/\.0+$/, '')
  if (whole.includes('.')) throw losses.refuse(`${text} is no whole number`)
  return BigInt(whole)
}

function flagEncoder(logical: LogicalType, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 5,
    encode(from, to) {
      const value = wholeNumber(readCell(from, logical), losses)
      if (value !== 0n && value !== 1n) throw losses.refuse(`${value} is neither 0 nor 1`)
      to.writeByte(Number(value))
    },
  }
}

function numericEncoder(logical: LogicalType, precision: number | null, scale: number, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 12,
    encode(from, to) {
      const text = String(readCell(from, logical))
      writeNumber(precision === null ? text : fitted(text, precision, scale, losses), to, losses)
    },
  }
}

/** With as many digits after the point as the server keeps. */
function fitted(text: string, precision: number, scale: number, losses: ColumnLosses): string {
  const [whole = '', fraction = ''] = text.split('.')
  if (/[^0]/.test(fraction.slice(scale)) || whole.replace(/^-?0*/, '').length > precision - scale) {
    throw losses.refuse(`${text} is no numeric(${precision},${scale})`)
  }
  return scale === 0 ? whole : `${whole}.${fraction.slice(0, scale).padEnd(scale, '0')}`
}

function doubleEncoder(): Encoder {
  const bits = new DataView(new ArrayBuffer(8))
  return {
    fields: 1,
    bound: 12,
    encode(from, to) {
      bits.setFloat64(0, from.readFloat())
      to.writeInt64(bits.getInt32(0), bits.getInt32(4))
    },
  }
}

function toTextEncoder(logical: LogicalType, length: number | null, policy: TextPolicy, losses: ColumnLosses): Encoder {
  if (logical.kind === 'variant') return variantTextEncoder(policy, losses)
  if (['text', 'xml', 'json'].includes(logical.kind))
    return boundedTextEncoder(length, textEncoder(policy, losses), losses)
  return {
    fields: 1,
    bound: 4,
    encode(from, to) {
      const text = String(readCell(from, logical))
      if (length !== null && text.length > length) throw losses.refuse(`${text} has more than ${length} characters`)
      const bytes = Buffer.from(text, 'latin1')
      to.reserve(bytes.length)
      to.writeBytes(bytes, 0, bytes.length)
    },
  }
}

function boundedTextEncoder(length: number | null, inner: Encoder, losses: ColumnLosses): Encoder {
  if (length === null) return inner
  return {
    fields: inner.fields,
    bound: inner.bound,
    encode(from, to) {
      const begin = from.offset
      const end = endOfValue(from, from.readInt())
      const characters = countCharacters(from.bytes, from.offset, end)
      if (characters > length) throw losses.refuse(`it has ${characters} characters, and ${length} are allowed`)
      from.offset = begin
      inner.encode(from, to)
    },
  }
}

const EPOCH_DAYS = 10957
const DAY_SECONDS = 86_400n

/** The day of a timestamp; what is not midnight is counted. */
function dayEncoder(logical: LogicalType, losses: ColumnLosses): Encoder {
  const precision = logical.kind === 'timestamp' ? logical.precision : 6
  const day = DAY_SECONDS * (precision > 6 ? 10_000_000n : precision > 3 ? 1_000_000n : 1000n)
  return {
    fields: 1,
    bound: 8,
    encode(from, to) {
      const begin = from.offset
      const value = from.readBigLong()
      const rest = ((value % day) + day) % day
      if (rest !== 0n) losses.count('time-of-day', from, begin)
      to.writeInt32(Number((value - rest) / day) - EPOCH_DAYS)
    },
  }
}

function midnightEncoder(): Encoder {
  return {
    fields: 1,
    bound: 12,
    encode: (from, to) => writeBigInt(to, BigInt(from.readInt() - EPOCH_DAYS) * DAY_SECONDS * 1_000_000n),
  }
}

function sizedBytesEncoder(length: number, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4 + length,
    encode(from: AvroReader, to: CopyWriter) {
      const end = endOfValue(from, from.readInt())
      if (end - from.offset !== length) throw losses.refuse(`it has ${end - from.offset} bytes, not ${length}`)
      to.writeBytes(from.bytes, from.offset, end)
      from.offset = end
    },
  }
}

function writeBigInt(to: CopyWriter, value: bigint): void {
  to.writeInt64(Number(value >> 32n), Number(BigInt.asUintN(32, value)))
}
