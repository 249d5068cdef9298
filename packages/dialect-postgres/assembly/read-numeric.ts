import { int16, uint16 } from './read-copy'

/** `numeric` travels in digits of base 10000, the decimal point between two of them (numeric.c, "numeric_send"). */
const BASE: u64 = 10000
const HEADER = 8
const NEGATIVE: u32 = 0x4000

/** So many groups make a number of 64 bits, five of them where the first is small. */
const MOST_GROUPS = 5
const SMALL = 1800

/** Where `readNumeric` has put the unscaled number. */
let unscaled: i64 = 0

export function numericRead(): i64 {
  return unscaled
}

/** Reads the field at `begin` as a number of `scale` digits after the point; false when it is not a number of 64 bits. */
export function readNumeric(begin: usize, length: i32, scale: i32): bool {
  if (length < HEADER) return false
  const count = int16(begin)
  const sign = uint16(begin + 4)
  if (length !== HEADER + 2 * count || (sign !== 0 && sign !== NEGATIVE) || int16(begin + 6) > scale) return false
  const groupsAfterPoint = (scale + 3) >> 2
  const total = count === 0 ? 0 : int16(begin + 2) + 1 + groupsAfterPoint
  if (total < count || total > MOST_GROUPS) return false
  if (total === MOST_GROUPS && int16(begin + HEADER) >= SMALL) return false
  let magnitude: u64 = 0
  for (let i = 0; i < total; i++) {
    magnitude = magnitude * BASE + (i < count ? int16(begin + HEADER + 2 * i) : 0)
  }
  // What the last group has beyond the scale are zeros.
  magnitude /= surplus(groupsAfterPoint * 4 - scale)
  const negative = sign === NEGATIVE
  if (magnitude > <u64>i64.MAX_VALUE + (negative ? 1 : 0)) return false
  unscaled = negative ? 0 - magnitude : magnitude
  return true
}

function surplus(digits: i32): u64 {
  switch (digits) {
    case 0:
      return 1
    case 1:
      return 10
    case 2:
      return 100
    default:
      return 1000
  }
}
