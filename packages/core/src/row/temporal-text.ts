import type { LogicalType } from '../model/logical-type.ts'
import { microsOf, storedMicros } from './late-times.ts'

type TemporalType = Extract<LogicalType, { kind: 'date' | 'time' | 'timestamp' | 'timestamp-offset' | 'instant' }>

const DAY_SECONDS = 86400n

/**
 * How many units of a stored time make a second: 10^6 for time and instant up to 6 digits; for a timestamp (with or without
 * offset) 10^3 up to 3 digits and 10^6 up to 6; 10^7 (100 ns) for 7 digits.
 */
export function unitsPerSecond(type: Exclude<TemporalType, { kind: 'date' }>): bigint {
  if (type.precision > 6) return 10_000_000n
  return type.precision > 3 || type.kind === 'time' || type.kind === 'instant' ? 1_000_000n : 1000n
}

/** The canonical text of a stored value: days or units since 1970-01-01, or units since midnight. */
export function temporalText(type: TemporalType, stored: bigint, offsetMinutes = 0): string {
  const infinite = infiniteText(type, stored)
  if (infinite !== undefined) return infinite
  if (type.kind === 'date') return dateText(stored)
  const units = unitsPerSecond(type)
  if (type.kind === 'time') return timeText(stored, units, type.precision)
  const local = (hasLateTimes(type) ? microsOf(stored) : stored) + BigInt(offsetMinutes) * 60n * units
  const days = floorDivide(local, DAY_SECONDS * units)
  const text = `${dateText(days)} ${timeText(local - days * DAY_SECONDS * units, units, type.precision)}`
  if (type.kind === 'instant') return `${text}Z`
  return type.kind === 'timestamp-offset' ? `${text} ${offsetText(offsetMinutes)}` : text
}

/** The stored value of a canonical text. Throws a RangeError when the text is not of the type. */
export function parseTemporal(type: TemporalType, text: string): { readonly value: bigint; readonly offset: number } {
  const infinites = infinitesOf(type)
  const infinite = infinites && INFINITE_TEXTS.find((one) => one === text)
  if (infinites && infinite) return { value: infinites[infinite], offset: 0 }
  const match = PATTERNS[type.kind].exec(text)
  if (match === null) throw new RangeError(`'${text}' is no ${type.kind}`)
  const { date, hour, minute, second, fraction, sign, offsetHour, offsetMinute } = match.groups ?? {}
  const days = date === undefined ? 0n : parseDate(date, text)
  if (type.kind === 'date') return { value: days, offset: 0 }
  const units = unitsPerSecond(type)
  if ((fraction ?? '').length > type.precision) throw new RangeError(`'${text}' has more than ${type.precision} digits`)
  const scale = BigInt((fraction ?? '').padEnd(7, '0')) / (10_000_000n / units)
  const seconds = BigInt(hour ?? 0) * 3600n + BigInt(minute ?? 0) * 60n + BigInt(second ?? 0)
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0))
  const value = (days * DAY_SECONDS + seconds - BigInt(offset) * 60n) * units + scale
  return { value: hasLateTimes(type) ? storedMicros(value) : value, offset }
}

/** Whether the type counts microseconds since 1970 and may pass 2^63 of them. */
function hasLateTimes(type: TemporalType): boolean {
  return type.kind === 'instant' || (type.kind === 'timestamp' && type.precision > 3 && type.precision <= 6)
}

/** Dates and timestamps without an end are the greatest and the least integer of the stored form. */
const INFINITE_DAYS = { infinity: 2n ** 31n - 1n, '-infinity': -(2n ** 31n) } as const
const INFINITE_UNITS = { infinity: 2n ** 63n - 1n, '-infinity': -(2n ** 63n) } as const
const INFINITE_TEXTS = ['infinity', '-infinity'] as const

/** undefined for types that have no such values. */
function infinitesOf(type: TemporalType): typeof INFINITE_DAYS | typeof INFINITE_UNITS | undefined {
  if (type.kind === 'date') return INFINITE_DAYS
  return type.kind === 'instant' || (type.kind === 'timestamp' && type.precision <= 6) ? INFINITE_UNITS : undefined
}

function infiniteText(type: TemporalType, stored: bigint): string | undefined {
  const infinites = infinitesOf(type)
  return infinites && INFINITE_TEXTS.find((text) => infinites[text] === stored)
}

const DATE = '(?<date>[+-]?\\d{4,7}-\\d{2}-\\d{2})'
const HOUR = '[01]\\d|2[0-3]'
/** The end of a day is a time of its own. */
const HOUR_OF_TIME = `${HOUR}|24(?=:00:00(?:\\.0+)?$)`
const SECONDS = ':(?<minute>[0-5]\\d):(?<second>[0-5]\\d)(?:\\.(?<fraction>\\d{1,7}))?'
const TIME = `(?<hour>${HOUR})${SECONDS}`
const PATTERNS = {
  date: new RegExp(`^${DATE}$`),
  time: new RegExp(`^(?<hour>${HOUR_OF_TIME})${SECONDS}$`),
  timestamp: new RegExp(`^${DATE} ${TIME}$`),
  instant: new RegExp(`^${DATE} ${TIME}Z$`),
  'timestamp-offset': new RegExp(`^${DATE} ${TIME} (?<sign>[+-])(?<offsetHour>\\d{2}):(?<offsetMinute>[0-5]\\d)$`),
}

/** Days of 400 years, and those from 0000-03-01 to 1970-01-01. */
const CYCLE_DAYS = 146097
const CYCLE_YEARS = 400
const EPOCH_DAY = 719468

function parseDate(date: string, text: string): bigint {
  const match = /^([+-]?\d+)-(\d{2})-(\d{2})$/.exec(date)
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])]
  const days = daysOf(year, month, day)
  // A day or month that is not there is taken for one that is.
  const [, trueMonth, trueDay] = civilDate(days)
  if (trueMonth !== month || trueDay !== day) throw new RangeError(`'${text}' is no date`)
  return BigInt(days)
}

function dateText(days: bigint): string {
  const [year, month, day] = civilDate(Number(days))
  const digits = String(Math.abs(year)).padStart(4, '0')
  return `${year < 0 ? '-' : ''}${digits}-${two(month)}-${two(day)}`
}

/** Of the proleptic Gregorian calendar; JavaScript's own dates end with the year 275760. Years begin in March here. */
function daysOf(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const cycle = Math.floor(marchYear / CYCLE_YEARS)
  const yearOfCycle = marchYear - cycle * CYCLE_YEARS
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear
  return cycle * CYCLE_DAYS + dayOfCycle - EPOCH_DAY
}

function civilDate(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + EPOCH_DAY
  const cycle = Math.floor(shifted / CYCLE_DAYS)
  const dayOfCycle = shifted - cycle * CYCLE_DAYS
  const leapDays = Math.floor(dayOfCycle / 1460) - Math.floor(dayOfCycle / 36524) + Math.floor(dayOfCycle / 146096)
  const yearOfCycle = Math.floor((dayOfCycle - leapDays) / 365)
  const yearBegin = 365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100)
  const dayOfYear = dayOfCycle - yearBegin
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return [yearOfCycle + cycle * CYCLE_YEARS + (month <= 2 ? 1 : 0), month, day]
}

function timeText(stored: bigint, units: bigint, precision: number): string {
  const seconds = Number(stored / units)
  const fraction = String(stored % units).padStart(String(units).length - 1, '0')
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return precision === 0 ? text : `${text}.${fraction.slice(0, precision)}`
}

function offsetText(minutes: number): string {
  const absolute = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`
}

/** `by`: more than 0. */
export function floorDivide(value: bigint, by: bigint): bigint {
  return value >= 0n ? value / by : -((-value + by - 1n) / by)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
