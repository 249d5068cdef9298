import { type AvroWriter, SourceError } from '@albackup/core'
import { timeLength } from '../time-length.ts'
import { compact, requireLength, type ValueDecoder } from './value-decoder.ts'

/** Days from 0001-01-01, where the wire counts from, to 1970-01-01, where Avro does. */
export const DAYS_BEFORE_1970 = 719162

/** Days from 1900-01-01, where datetime and smalldatetime count from, to 1970-01-01. */
export const DAYS_1900_TO_1970 = 25567

const MS_PER_DAY = 86_400_000
const MS_PER_MINUTE = 60_000
const TWO_32 = 4294967296

/** 10^-scale seconds since midnight; exact in a number. */
export function readTime(bytes: Uint8Array, at: number, length: number): number {
  let ticks = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
  if (length > 3) ticks += bytes[at + 3]! * 0x1000000
  if (length > 4) ticks += bytes[at + 4]! * TWO_32
  return ticks
}

/** Days since 1970-01-01. */
export function readDate(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) - DAYS_BEFORE_1970
}

export function dateDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 3)
    writer.writeInt(readDate(input.bytes, begin))
  })
}

/**
 * Microseconds since midnight, or units of 100 ns with 7 digits. Here and below, `scale` is that of the wire; some servers send
 * more digits than a column is declared with.
 */
export function timeDecoder(scale: number, precision: number, writer: AvroWriter): ValueDecoder {
  const length = timeLength(scale)
  const toUnits = rescale(scale, precision === 7 ? 7 : 6)
  return compact((input, begin, end) => {
    requireLength(begin, end, length)
    writer.writeSafeLong(toUnits(readTime(input.bytes, begin, length)))
  })
}

/** datetime2: the time of day, then the date. */
export function timestampDecoder(scale: number, precision: number, writer: AvroWriter): ValueDecoder {
  const length = timeLength(scale)
  const writeTimestamp = timestampWriter(scale, precision, writer)
  return compact((input, begin, end) => {
    requireLength(begin, end, length + 3)
    writeTimestamp(readDate(input.bytes, begin + length), readTime(input.bytes, begin, length))
  })
}

/** datetimeoffset: a datetime2 in UTC, then the offset in minutes. */
export function timestampOffsetDecoder(scale: number, precision: number, writer: AvroWriter): ValueDecoder {
  const length = timeLength(scale)
  const writeTimestamp = timestampWriter(scale, precision, writer)
  return compact((input, begin, end) => {
    requireLength(begin, end, length + 5)
    writeTimestamp(readDate(input.bytes, begin + length), readTime(input.bytes, begin, length))
    writer.writeInt(input.view.getInt16(begin + length + 3, true))
  })
}

/** datetime: days since 1900-01-01 and 1/300 s since midnight, which three digits tell exactly (.000, .003, .007). */
export function datetimeDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 8)
    const days = input.view.getInt32(begin, true) - DAYS_1900_TO_1970
    const milliseconds = millisecondsOf(input.view.getUint32(begin + 4, true))
    writer.writeSafeLong(days * MS_PER_DAY + milliseconds)
  })
}

/** 1/300 s as milliseconds. */
export function millisecondsOf(ticks: number): number {
  return Math.round((ticks * 10) / 3)
}

/** smalldatetime: days since 1900-01-01 and minutes since midnight. */
export function smallDatetimeDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 4)
    const days = input.view.getUint16(begin, true) - DAYS_1900_TO_1970
    writer.writeSafeLong(days * MS_PER_DAY + input.view.getUint16(begin + 2, true) * MS_PER_MINUTE)
  })
}

type WriteTimestamp = (days: number, ticks: number) => void

/**
 * Milliseconds since 1970 up to 3 digits, microseconds up to 6, units of 100 ns with 7.
 *
 * Only the milliseconds are exact in a number. A day has `whole * 2^32 + rest` of the finer units, and days times `rest`
 * stays below 2^53, so that the halves of the 64-bit result come out of two exact products.
 */
function timestampWriter(scale: number, precision: number, writer: AvroWriter): WriteTimestamp {
  const digits = precision <= 3 ? 3 : precision <= 6 ? 6 : 7
  const toUnits = rescale(scale, digits)
  if (digits === 3) return (days, ticks) => writer.writeSafeLong(days * MS_PER_DAY + toUnits(ticks))
  const perDay = 86_400 * 10 ** digits
  const whole = Math.floor(perDay / TWO_32)
  const rest = perDay - whole * TWO_32
  return (days, ticks) => {
    const sum = days * rest + toUnits(ticks)
    const carry = Math.floor(sum / TWO_32)
    writer.writeLong(sum - carry * TWO_32, days * whole + carry)
  }
}

/** Units of 10^-from seconds as units of 10^-to; digits that do not fit must be zeros. */
function rescale(from: number, to: number): (ticks: number) => number {
  const factor = 10 ** Math.abs(to - from)
  if (from <= to) return (ticks) => ticks * factor
  return (ticks) => {
    if (ticks % factor !== 0) throw new SourceError('a time has more digits than its column')
    return ticks / factor
  }
}
