import { LATE_HIGH } from '@albackup/core'

const TWO_32 = 4294967296

/** That of -2^63 microseconds. */
const FIRST_MICROS_DAY = -106_751_992

/**
 * Splits a 64-bit count of units of 10^-digits seconds since 1970 into days and units of the day.
 *
 * Only milliseconds are exact in a number. The quotient of the rounded value is off by at most one; a day has
 * `whole * 2^32 + rest` units, so that the remainder comes out of exact products, and tells.
 */
export class DaySplit {
  days = 0
  units = 0
  private readonly perDay: number
  private readonly whole: number
  private readonly rest: number
  /** A smaller high half is that of a time beyond 2^63 microseconds. */
  private readonly lateHigh: number

  constructor(digits: number) {
    this.perDay = 86_400 * 10 ** digits
    this.whole = Math.floor(this.perDay / TWO_32)
    this.rest = this.perDay - this.whole * TWO_32
    this.lateHigh = digits === 6 ? LATE_HIGH : Number.NEGATIVE_INFINITY
  }

  /** The halves of the two's complement. `units` has no meaning for days that no server's calendar has. */
  divide(low: number, high: number): void {
    const unsignedLow = low >>> 0
    if (high < this.lateHigh) {
      this.setBeyond(high === -0x80000000 && unsignedLow === 0 ? 'past' : 'future')
      return
    }
    let days = Math.floor((high * TWO_32 + unsignedLow) / this.perDay)
    let units = (high - days * this.whole) * TWO_32 + (unsignedLow - days * this.rest)
    if (units < 0) {
      days--
      units += this.perDay
    } else if (units >= this.perDay) {
      days++
      units -= this.perDay
    }
    this.days = days
    this.units = units
  }

  /** A day that no server's calendar has. */
  private setBeyond(side: 'past' | 'future'): void {
    this.days = side === 'past' ? FIRST_MICROS_DAY : -FIRST_MICROS_DAY
    this.units = 0
  }
}
