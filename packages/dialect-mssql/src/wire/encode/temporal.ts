import type { AvroReader } from '@albackup/core'
import { TYPE } from '../protocol.ts'
import { timeLength } from '../time-length.ts'
import type { TypeInfo } from '../type-info.ts'
import { FIRST_DAY, isDay, LAST_DAY, rescale, writeDate, writeTicks } from './date-and-time.ts'
import { DaySplit } from './day-split.ts'
import { daysOf, instantWriter } from './instant.ts'
import type { TdsWriter } from './tds-writer.ts'
import type { ColumnReport, ValueEncoder } from './value-encoder.ts'

/** date: days since 0001-01-01. */
export function dateEncoder(report: ColumnReport): ValueEncoder {
  return {
    bound: 4,
    encode(from, to) {
      const valueBegin = from.offset
      writeDay(from.readInt(), from, valueBegin, to, report)
    },
  }
}

/** A day since 1970 as a date, or what becomes of one that the calendar has not got. */
function writeDay(days: number, from: AvroReader, valueBegin: number, to: TdsWriter, report: ColumnReport): void {
  if (!isDay(days) && !report.clamps) {
    report.becomesNull('out-of-range', from, valueBegin)
    to.writeByte(0)
    return
  }
  const day = Math.max(FIRST_DAY, Math.min(LAST_DAY, days))
  if (day !== days) report.count('out-of-range', from, valueBegin)
  to.writeByte(3)
  writeDate(to, day)
}

/** A timestamp or an instant, from units of 10^-digits seconds since 1970, as its day. */
export function dayEncoder(digits: number, report: ColumnReport): ValueEncoder {
  const split = new DaySplit(digits)
  return {
    bound: 4,
    encode(from, to) {
      const valueBegin = from.offset
      from.readLong()
      split.divide(from.low, from.high)
      if (split.units !== 0 && isDay(split.days)) report.count('time-of-day', from, valueBegin)
      writeDay(split.days, from, valueBegin, to, report)
    },
  }
}

/** A date as midnight of a datetime, smalldatetime or datetime2. */
export function midnightEncoder(type: TypeInfo, report: ColumnReport): ValueEncoder {
  const write = instantWriter(0, type)
  return {
    bound: 12,
    encode(from, to) {
      const valueBegin = from.offset
      const days = from.readInt()
      if (write(to, days, 0, 0) === 'out of range') writeBeyond(days, from, valueBegin, type, to, report)
    },
  }
}

/** What becomes of a date and time that the type has not got. */
function writeBeyond(
  days: number,
  from: AvroReader,
  valueBegin: number,
  type: TypeInfo,
  to: TdsWriter,
  report: ColumnReport,
): void {
  if (!report.clamps) {
    report.becomesNull('out-of-range', from, valueBegin)
    to.writeByte(0)
    return
  }
  report.count('out-of-range', from, valueBegin)
  const { first, last } = daysOf(type)
  if (days < first) instantWriter(0, type)(to, first, 0, 0)
  else if (type.id === TYPE.DATETIMN) instantWriter(3, type)(to, last, LAST_MILLISECOND, 0)
  else instantWriter(type.scale, type)(to, last, 86_400 * 10 ** type.scale - 1, 0)
}

/** The last of a day that datetime has, too. */
const LAST_MILLISECOND = 86_399_997

/** time: 10^-scale seconds since midnight, from units of 10^-digits. Other engines have 24:00:00, too. */
export function timeEncoder(digits: number, scale: number, report: ColumnReport): ValueEncoder {
  const length = timeLength(scale)
  const toTicks = rescale(digits, scale)
  const perDay = 86_400 * 10 ** scale
  return {
    bound: 6,
    encode(from, to) {
      const valueBegin = from.offset
      from.readLong()
      const ticks = toTicks(from.high * 4294967296 + (from.low >>> 0))
      const whole = Math.floor(ticks)
      if (whole >= perDay && !report.clamps) {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
        return
      }
      if (whole >= perDay) {
        report.count('out-of-range', from, valueBegin)
        to.writeByte(length)
        writeTicks(to, perDay - 1, length)
        return
      }
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
      else writeBeyond(split.days, from, valueBegin, type, to, report)
    },
  }
}

/** The digits after the second that Avro keeps of a time or timestamp of so many digits. */
export function storedDigits(kind: 'time' | 'timestamp' | 'timestamp-offset' | 'instant', precision: number): number {
  if (precision > 6) return 7
  return precision > 3 || kind === 'time' || kind === 'instant' ? 6 : 3
}
