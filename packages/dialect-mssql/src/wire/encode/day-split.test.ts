import { describe, expect, it } from 'vitest'
import { DaySplit } from './day-split.ts'

/** From 0001-01-01 to 9999-12-31 as days since 1970. */
const FIRST = -719162n
const LAST = 2932896n

/** Days spread over all of the calendar, and the days around its ends and around 1970. */
const DAYS = [
  ...[FIRST, FIRST + 1n, -2n, -1n, 0n, 1n, LAST - 1n, LAST],
  ...Array.from({ length: 500 }, (_, i) => FIRST + ((LAST - FIRST) * BigInt((i * 7919) % 500)) / 500n),
]

describe.each([3, 6, 7])('a count of units of 10^-%i seconds', (digits) => {
  const perDay = 86_400n * 10n ** BigInt(digits)

  it('is split exactly, to the first and last unit of a day', () => {
    const split = new DaySplit(digits)
    for (const day of DAYS) {
      for (const unit of [0n, 1n, perDay / 3n, perDay - 2n, perDay - 1n]) {
        const count = day * perDay + unit
        split.divide(Number(BigInt.asIntN(32, count)), Number(count >> 32n))
        expect([split.days, split.units]).toEqual([Number(day), Number(unit)])
      }
    }
  })

  it('beyond every calendar gives a day beyond it', () => {
    const split = new DaySplit(digits)
    for (const count of [-(2n ** 63n), 2n ** 63n - 1n]) {
      split.divide(Number(BigInt.asIntN(32, count)), Number(count >> 32n))
      expect(split.days < Number(FIRST) || split.days > Number(LAST)).toBe(true)
    }
  })
})
