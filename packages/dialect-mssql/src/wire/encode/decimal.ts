import type { AvroReader } from '@albackup/core'
import type { TdsWriter } from './tds-writer.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

/** A sign and 16 bytes of magnitude, whatever the precision; see `DECIMAL_BYTES`. */
const MAGNITUDE_BYTES = 16

/**
 * The length that decimals are sent in: a sign and 16 bytes. Results have shorter ones for a precision below 29; of rows that
 * are sent, SQL Server takes any length, SqlClient sends this one always, and some servers read no other one right.
 */
export const DECIMAL_BYTES = 1 + MAGNITUDE_BYTES

/** decimal and numeric whose scale is that of the source and whose precision, `digits`, is not smaller than the source's. */
export function decimalEncoder(digits: number, report: ColumnReport): ValueEncoder {
  const notANumber = avroDecimal(10n ** BigInt(digits))
  return {
    bound: 1 + DECIMAL_BYTES,
    encode(from, to) {
      const valueBegin = from.offset
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      if (end - begin === notANumber.length && notANumber.compare(from.bytes, begin, end) === 0) {
        report.becomesNull('not-a-number', from, valueBegin)
        to.writeByte(0)
        return
      }
      writeDecimal(from.bytes, begin, end, to, report)
    },
  }
}

/** The magnitude, least significant byte first, of a big-endian two's complement. */
function writeDecimal(bytes: Buffer, begin: number, end: number, to: TdsWriter, report: ColumnReport): void {
  const negative = begin < end && bytes[begin]! >= 0x80
  to.writeByte(DECIMAL_BYTES)
  to.writeByte(negative ? 0 : 1)
  const out = to.bytes
  const last = to.offset + MAGNITUDE_BYTES
  let at = to.offset
  let from = end - 1
  if (negative) {
    let carry = 1
    for (; from >= begin && at < last; from--) {
      const sum = (~bytes[from]! & 0xff) + carry
      out[at++] = sum & 0xff
      carry = sum >> 8
    }
  } else for (; from >= begin && at < last; from--) out[at++] = bytes[from]!
  // A positive magnitude of 16 bytes may have a byte in front that only holds the sign.
  for (; from >= begin; from--) if (bytes[from] !== (negative ? 0xff : 0)) throw report.refuse('it has over 38 digits')
  while (at < last) out[at++] = 0
  to.offset = last
}

/** money and smallmoney of the value times 10000, for a source of scale 4 and no greater precision. */
export function moneyEncoder(size: number, report: ColumnReport): ValueEncoder {
  return {
    bound: 9,
    encode(from, to) {
      const length = from.readInt()
      const end = endOfValue(from, length)
      if (length > size) throw report.refuse('it is beyond the range of money')
      const { bytes } = from
      let low = length > 0 && bytes[from.offset]! >= 0x80 ? -1 : 0
      let high = low
      for (let at = from.offset; at < end; at++) {
        high = (high << 8) | (low >>> 24)
        low = (low << 8) | bytes[at]!
      }
      from.offset = end
      to.writeByte(size)
      if (size === 8) to.writeInt32(high)
      to.writeInt32(low)
    },
  }
}

/** Where the digits of a decimal go: a column of `digits` digits, or an integer of `least` to `greatest` of them. */
export interface DecimalRange {
  readonly scale: number
  readonly least: bigint
  readonly greatest: bigint
}

/** A number of the source without its point. */
export interface NumberSource {
  readonly scale: number
  read(from: AvroReader): bigint
  /** What stands for NaN; absent: nothing does. */
  readonly notANumber?: bigint
}

/** A decimal of the backup, in which 10^precision stands for NaN. */
export function decimalSource(precision: number, scale: number): NumberSource {
  return { scale, read: readUnscaled, notANumber: 10n ** BigInt(precision) }
}

/** Any number into a column that has other digits; `write` takes the unscaled value with the column's scale. */
export function rescalingEncoder(
  { scale: sourceScale, read, notANumber }: NumberSource,
  range: DecimalRange,
  write: (unscaled: bigint, to: TdsWriter) => void,
  report: ColumnReport,
): ValueEncoder {
  const factor = 10n ** BigInt(Math.abs(range.scale - sourceScale))
  return {
    bound: 1 + DECIMAL_BYTES,
    encode(from, to) {
      const valueBegin = from.offset
      const value = read(from)
      if (value === notANumber) {
        report.becomesNull('not-a-number', from, valueBegin)
        to.writeByte(0)
        return
      }
      const scaled = range.scale >= sourceScale ? value * factor : roundedQuotient(value, factor)
      if (scaled < range.least || scaled > range.greatest) {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
        return
      }
      if (range.scale < sourceScale && scaled * factor !== value) report.count('rounded', from, valueBegin)
      write(scaled, to)
    },
  }
}

/** Big-endian two's complement, as short as it can be. */
function avroDecimal(value: bigint): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return bytes[0]! < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
}

function readUnscaled(from: AvroReader): bigint {
  const end = endOfValue(from, from.readInt())
  const hex = from.bytes.toString('hex', from.offset, end)
  const bits = (end - from.offset) * 8
  from.offset = end
  return hex === '' ? 0n : BigInt.asIntN(bits, BigInt(`0x${hex}`))
}

/** Half is rounded away from zero, as SQL Server does. */
export function roundedQuotient(value: bigint, by: bigint): bigint {
  const half = by / 2n
  return value < 0n ? -((-value + half) / by) : (value + half) / by
}

export function writeUnscaledDecimal(unscaled: bigint, to: TdsWriter): void {
  to.writeByte(DECIMAL_BYTES)
  to.writeByte(unscaled < 0n ? 0 : 1)
  let rest = unscaled < 0n ? -unscaled : unscaled
  for (let i = 0; i < MAGNITUDE_BYTES; i++, rest >>= 8n) to.writeByte(Number(rest & 0xffn))
}

export function writeUnscaledMoney(size: number): (unscaled: bigint, to: TdsWriter) => void {
  return (unscaled, to) => {
    to.writeByte(size)
    if (size === 8) to.writeInt32(Number(BigInt.asIntN(32, unscaled >> 32n)))
    to.writeInt32(Number(BigInt.asIntN(32, unscaled)))
  }
}
