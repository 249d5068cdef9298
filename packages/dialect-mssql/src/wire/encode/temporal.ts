import { DAYS_1900_TO_1970, DAYS_BEFORE_1970, millisecondsOf } from '../decode/temporal.ts'
import { TYPE } from '../protocol.ts'
import { timeLength } from '../time-length.ts'
import type { TypeInfo } from '../type-info.ts'
import { DaySplit } from './day-split.ts'
import type { TdsWriter } from './tds-writer.ts'
import type { ColumnReport, ValueEncoder } from './value-encoder.ts'

/** 9999-12-31 as days since 1970-01-01; the first day is DAYS_BEFORE_1970 before it. */
const LAST_DAY = 2932896

/** 1753-01-01, where datetime begins, as days since 1970-01-01. */
const FIRST_DATETIME_DAY = -79257

/** smalldatetime counts its days in 16 bits. */
const MOST_SMALL_DAYS = 0xffff

/** 1/300 of a second in a day. */
const DATETIME_TICKS_PER_DAY = 25_920_000

/** date: days since 0001-01-01. */
export function dateEncoder(report: ColumnReport): ValueEncoder {
  return {
    bound: 4,
    encode(from, to) {
      const valueBegin = from.offset
      const days = from.readInt()
      if (days < -DAYS_BEFORE_1970 || days > LAST_DAY) {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
        return
      }
      to.writeByte(3)
      writeDate(to, days)
    },
  }
}

/** time: 10^-scale seconds since midnight, from units of 10^-digits. */
export function timeEncoder(digits: number, scale: number, report: ColumnReport): ValueEncoder {
  const length = timeLength(scale)
  const toTicks = rescale(digits, scale)
  return {
    bound: 6,
    encode(from, to) {
      const valueBegin = from.offset
      from.readLong()
      const ticks = toTicks(from.high * 4294967296 + (from.low >>> 0))
      const whole = Math.floor(ticks)
      if (whole !== ticks) report.count('rounded', from, valueBegin)
      to.writeByte(length)
      writeTicks(to, whole, length)
    },
  }
}

/** What follows the time in the Avro value: nothing, or an offset in minutes. */
export type OffsetForm = 'none' | 'minutes'

/**
 * datetime, smalldatetime, datetime2 and datetimeoffset, from units of 10^-digits seconds since 1970. A target with an offset
 * gets that of the source, or 0.
 */
export function timestampEncoder(
  digits: number,
  offset: OffsetForm,
  type: TypeInfo,
  report: ColumnReport,
): ValueEncoder {
  const split = new DaySplit(digits)
  const write = instantWriter(digits, type)
  return {
    bound: 12,
    encode(from, to) {
      const valueBegin = from.offset
      from.readLong()
      split.divide(from.low, from.high)
      const minutes = offset === 'minutes' ? from.readInt() : 0
      const outcome = write(to, split.days, split.units, minutes)
      if (outcome === 'exact') return
      if (outcome === 'rounded') report.count('rounded', from, valueBegin)
      else {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
      }
    },
  }
}

/** Writes the value with its length; nothing at all when it is out of range. */
type WriteInstant = (
  to: TdsWriter,
  days: number,
  units: number,
  minutes: number,
) => 'exact' | 'rounded' | 'out of range'

function instantWriter(digits: number, type: TypeInfo): WriteInstant {
  if (type.id === TYPE.DATETIMN) return type.size === 4 ? smallDatetimeWriter(digits) : datetimeWriter(digits)
  return datetime2Writer(digits, type)
}

/** The time of day and the date, both in UTC where an offset follows. */
function datetime2Writer(digits: number, type: TypeInfo): WriteInstant {
  const length = timeLength(type.scale)
  const toTicks = rescale(digits, type.scale)
  const hasOffset = type.id === TYPE.DATETIMEOFFSETN
  return (to, days, units, minutes) => {
    if (!isDay(days)) return 'out of range'
    const ticks = toTicks(units)
    const whole = Math.floor(ticks)
    to.writeByte(length + (hasOffset ? 5 : 3))
    writeTicks(to, whole, length)
    writeDate(to, days)
    if (hasOffset) to.writeUint16(minutes)
    return whole === ticks ? 'exact' : 'rounded'
  }
}

function datetimeWriter(digits: number): WriteInstant {
  const toMilliseconds = rescale(digits, 3)
  return (to, days, units) => {
    const milliseconds = toMilliseconds(units)
    let ticks = Math.round((milliseconds * 3) / 10)
    let day = days
    if (ticks === DATETIME_TICKS_PER_DAY) {
      ticks = 0
      day++
    }
    if (day < FIRST_DATETIME_DAY || day > LAST_DAY) return 'out of range'
    to.writeByte(8)
    to.writeInt32(day + DAYS_1900_TO_1970)
    to.writeInt32(ticks)
    return day === days && millisecondsOf(ticks) === milliseconds ? 'exact' : 'rounded'
  }
}

function smallDatetimeWriter(digits: number): WriteInstant {
  const perMinute = 60 * 10 ** digits
  return (to, days, units) => {
    const day = days + DAYS_1900_TO_1970
    if (day < 0 || day > MOST_SMALL_DAYS) return 'out of range'
    const minutes = Math.floor(units / perMinute)
    to.writeByte(4)
    to.writeUint16(day)
    to.writeUint16(minutes)
    return minutes * perMinute === units ? 'exact' : 'rounded'
  }
}

function isDay(days: number): boolean {
  return days >= -DAYS_BEFORE_1970 && days <= LAST_DAY
}

/** Little-endian in 3, 4 or 5 bytes. */
function writeTicks(to: TdsWriter, ticks: number, length: number): void {
  const { bytes, offset } = to
  const low = ticks >>> 0
  bytes[offset] = low
  bytes[offset + 1] = low >>> 8
  bytes[offset + 2] = low >>> 16
  if (length > 3) bytes[offset + 3] = low >>> 24
  if (length > 4) bytes[offset + 4] = Math.floor(ticks / 4294967296)
  to.offset = offset + length
}

function writeDate(to: TdsWriter, days: number): void {
  const { bytes, offset } = to
  const since1 = days + DAYS_BEFORE_1970
  bytes[offset] = since1
  bytes[offset + 1] = since1 >>> 8
  bytes[offset + 2] = since1 >>> 16
  to.offset = offset + 3
}

/** Units of 10^-from seconds as units of 10^-to, with a fraction when digits do not fit. */
function rescale(from: number, to: number): (units: number) => number {
  const factor = 10 ** Math.abs(to - from)
  return from <= to ? (units) => units * factor : (units) => units / factor
}

/** The digits after the second that Avro keeps of a time or timestamp of so many digits. */
export function storedDigits(kind: 'time' | 'timestamp' | 'timestamp-offset' | 'instant', precision: number): number {
  if (precision > 6) return 7
  return precision > 3 || kind === 'time' || kind === 'instant' ? 6 : 3
}
