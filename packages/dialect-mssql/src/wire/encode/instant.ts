import { DAYS_1900_TO_1970, millisecondsOf } from '../decode/temporal.ts'
import { TYPE } from '../protocol.ts'
import { timeLength } from '../time-length.ts'
import type { TypeInfo } from '../type-info.ts'
import { FIRST_DAY, isDay, LAST_DAY, rescale, writeDate, writeTicks } from './date-and-time.ts'
import type { TdsWriter } from './tds-writer.ts'

/** 1753-01-01, where datetime begins, as days since 1970-01-01. */
const FIRST_DATETIME_DAY = -79257

/** smalldatetime counts its days in 16 bits. */
const MOST_SMALL_DAYS = 0xffff

/** 1/300 of a second in a day. */
const DATETIME_TICKS_PER_DAY = 25_920_000

/** Writes the value with its length; nothing at all when it is out of range. */
export type WriteInstant = (
  to: TdsWriter,
  days: number,
  units: number,
  minutes: number,
) => 'exact' | 'rounded' | 'out of range'

/** For units of 10^-digits seconds of a day; for datetime, smalldatetime, datetime2 and datetimeoffset. */
export function instantWriter(digits: number, type: TypeInfo): WriteInstant {
  if (type.id === TYPE.DATETIMN) return type.size === 4 ? smallDatetimeWriter(digits) : datetimeWriter(digits)
  return datetime2Writer(digits, type)
}

/** The first and the last day that the type has, since 1970-01-01. */
export function daysOf(type: TypeInfo): { readonly first: number; readonly last: number } {
  if (type.id !== TYPE.DATETIMN) return { first: FIRST_DAY, last: LAST_DAY }
  if (type.size === 8) return { first: FIRST_DATETIME_DAY, last: LAST_DAY }
  return { first: -DAYS_1900_TO_1970, last: MOST_SMALL_DAYS - DAYS_1900_TO_1970 }
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
