import type { LogicalType } from '../model/logical-type.ts'

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
  if (type.kind === 'date') return dateText(stored)
  const units = unitsPerSecond(type)
  if (type.kind === 'time') return timeText(stored, units, type.precision)
  const local = stored + BigInt(offsetMinutes) * 60n * units
  const days = floorDivide(local, DAY_SECONDS * units)
  const text = `${dateText(days)} ${timeText(local - days * DAY_SECONDS * units, units, type.precision)}`
  if (type.kind === 'instant') return `${text}Z`
  return type.kind === 'timestamp-offset' ? `${text} ${offsetText(offsetMinutes)}` : text
}

/** The stored value of a canonical text. Throws a RangeError when the text is not of the type. */
export function parseTemporal(type: TemporalType, text: string): { readonly value: bigint; readonly offset: number } {
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
  return { value: (days * DAY_SECONDS + seconds - BigInt(offset) * 60n) * units + scale, offset }
}

const DATE = '(?<date>[+-]?\\d{4,6}-\\d{2}-\\d{2})'
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d)(?:\\.(?<fraction>\\d{1,7}))?'
const PATTERNS = {
  date: new RegExp(`^${DATE}$`),
  time: new RegExp(`^${TIME}$`),
  timestamp: new RegExp(`^${DATE} ${TIME}$`),
  instant: new RegExp(`^${DATE} ${TIME}Z$`),
  'timestamp-offset': new RegExp(`^${DATE} ${TIME} (?<sign>[+-])(?<offsetHour>\\d{2}):(?<offsetMinute>[0-5]\\d)$`),
}

function parseDate(date: string, text: string): bigint {
  const match = /^([+-]?\d+)-(\d{2})-(\d{2})$/.exec(date)
  const month = Number(match?.[2]) - 1
  const day = Number(match?.[3])
  const utc = new Date(0)
  utc.setUTCFullYear(Number(match?.[1]), month, day)
  // A day or month that is not there is taken for one that is; a year beyond JavaScript's is no number.
  if (utc.getUTCMonth() !== month || utc.getUTCDate() !== day) throw new RangeError(`'${text}' is no date`)
  return BigInt(utc.getTime() / 86_400_000)
}

function dateText(days: bigint): string {
  const utc = new Date(Number(days) * 86_400_000)
  const year = utc.getUTCFullYear()
  const digits = String(Math.abs(year)).padStart(4, '0')
  return `${year < 0 ? '-' : ''}${digits}-${two(utc.getUTCMonth() + 1)}-${two(utc.getUTCDate())}`
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

function floorDivide(value: bigint, by: bigint): bigint {
  return value >= 0n ? value / by : -((-value + by - 1n) / by)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
