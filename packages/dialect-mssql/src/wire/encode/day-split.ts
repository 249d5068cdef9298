const TWO_32 = 4294967296

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

  constructor(digits: number) {
    this.perDay = 86_400 * 10 ** digits
    this.whole = Math.floor(this.perDay / TWO_32)
    this.rest = this.perDay - this.whole * TWO_32
  }

  /** The halves of the two's complement. `units` has no meaning for days that no server's calendar has. */
  divide(low: number, high: number): void {
    const unsignedLow = low >>> 0
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
}
