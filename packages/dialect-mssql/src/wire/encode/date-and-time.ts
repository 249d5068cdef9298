import { DAYS_BEFORE_1970 } from '../decode/temporal.ts'
import type { TdsWriter } from './tds-writer.ts'

/** 0001-01-01 and 9999-12-31 as days since 1970-01-01. */
export const FIRST_DAY = -DAYS_BEFORE_1970
export const LAST_DAY = 2932896

/** Whether the calendar of the server has the day, given as days since 1970-01-01. */
export function isDay(days: number): boolean {
  return days >= FIRST_DAY && days <= LAST_DAY
}

/** Little-endian in 3, 4 or 5 bytes. */
export function writeTicks(to: TdsWriter, ticks: number, length: number): void {
  const { bytes, offset } = to
  const low = ticks >>> 0
  bytes[offset] = low
  bytes[offset + 1] = low >>> 8
  bytes[offset + 2] = low >>> 16
  if (length > 3) bytes[offset + 3] = low >>> 24
  if (length > 4) bytes[offset + 4] = Math.floor(ticks / 4294967296)
  to.offset = offset + length
}

/** Days since 1970-01-01 as days since 0001-01-01, in 3 bytes. */
export function writeDate(to: TdsWriter, days: number): void {
  const { bytes, offset } = to
  const since1 = days + DAYS_BEFORE_1970
  bytes[offset] = since1
  bytes[offset + 1] = since1 >>> 8
  bytes[offset + 2] = since1 >>> 16
  to.offset = offset + 3
}

/** Units of 10^-from seconds as units of 10^-to, with a fraction when digits do not fit. */
export function rescale(from: number, to: number): (units: number) => number {
  const factor = 10 ** Math.abs(to - from)
  return from <= to ? (units) => units * factor : (units) => units / factor
}
