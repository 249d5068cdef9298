import { timeLength } from '../time-length.ts'
import type { TypeInfo } from '../type-info.ts'
import { isDay, rescale, writeDate, writeTicks } from './date-and-time.ts'
import { DaySplit } from './day-split.ts'
import { instantWriter } from './instant.ts'
import type { ColumnReport, ValueEncoder } from './value-encoder.ts'

/** date: days since 0001-01-01. */
export function dateEncoder(report: ColumnReport): ValueEncoder {
  return {
    bound: 4,
    encode(from, to) {
      const valueBegin = from.offset
      const days = from.readInt()
      if (!isDay(days)) {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
        return
      }
      to.writeByte(3)
      writeDate(to, days)
    },
  }
}

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
      if (whole >= perDay) {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
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
      else {
        report.becomesNull('out-of-range', from, valueBegin)
        to.writeByte(0)
      }
    },
  }
}

/** The digits after the second that Avro keeps of a time or timestamp of so many digits. */
export function storedDigits(kind: 'time' | 'timestamp' | 'timestamp-offset' | 'instant', precision: number): number {
  if (precision > 6) return 7
  return precision > 3 || kind === 'time' || kind === 'instant' ? 6 : 3
}
