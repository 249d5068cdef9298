/**
 * Microseconds since 1970 pass 2^63 in the year 294247, and some engines' timestamps go on for thirty years. Those from 2^63 - 1 on,
 * the number that means infinity, are stored as themselves less 2^64 - 2: behind the least number, which means -infinity, and
 * far before the first time that any engine has. See docs/format.md.
 */

/** What is taken off, but for 2^64. */
export const LATE_STEP = 2

/** A stored number with a smaller high half (signed) is such a late time, -infinity excepted. */
export const LATE_HIGH = -0x80000000 + 0x40000

const LATE_END = BigInt(LATE_HIGH) << 32n
const LATE_DISTANCE = 2n ** 64n - BigInt(LATE_STEP)
const INFINITY = 2n ** 63n - 1n

/** The microseconds that a stored number, which is not infinite, stands for. */
export function microsOf(stored: bigint): bigint {
  return stored < LATE_END ? stored + LATE_DISTANCE : stored
}

/** How microseconds are stored; of those that have no such form something that is no 64-bit integer. */
export function storedMicros(micros: bigint): bigint {
  return micros >= INFINITY ? micros - LATE_DISTANCE : micros
}
