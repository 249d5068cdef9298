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

it.each([
  ['infinity', 2n ** 63n - 1n, 1],
  ['-infinity', -(2n ** 63n), -1],
  ['294247-01-10 04:00:54.775807', -(2n ** 63n) + 1n, 1],
  ['294276-12-31 23:59:59.999999', 9_224_318_015_999_999_999n - 2n ** 64n + 2n, 1],
  ['4714-11-24 BC', -210_866_803_200_000_000n, -1],
])('the microseconds of %s are a day on its side of the calendar', (_, count, side) => {
  const split = new DaySplit(6)
  split.divide(Number(BigInt.asIntN(32, count)), Number(count >> 32n))
  expect(split.days).toSatisfy((days: number) => (side > 0 ? days > Number(LAST) : days < Number(FIRST)))
})
