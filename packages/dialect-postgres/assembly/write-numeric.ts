import { beginNumeric, writeInt16 } from './write-copy'

/** `numeric` travels in digits of base 10000, the decimal point between two of them (numeric.c, "numeric_recv"). */
const BASE = 10000
const NEGATIVE = 0x4000

/** The greatest number that can be made a thousand times greater. */
const GREATEST: u64 = u64.MAX_VALUE / 1000

/** Base-10000 groups of 16 bits, least significant first. */
const GROUPS = memory.data(16)

/** Writes the field of `unscaled / 10^scale`; false, and nothing written, when it has too many digits for that here. */
export function numericField(unscaled: i64, scale: i32): bool {
  const magnitude: u64 = unscaled < 0 ? 0 - <u64>unscaled : unscaled
  const factor = alignment(scale)
  if (factor > 1 && magnitude > GREATEST) return false
  const count = split(magnitude * factor)
  let first = 0
  while (first < count && group(first) === 0) first++
  const length = count - first
  const weight = length === 0 ? 0 : count - 1 - ((scale + 3) >> 2)
  beginNumeric(length, weight, unscaled < 0 ? NEGATIVE : 0, scale)
  for (let i = count - 1; i >= first; i--) writeInt16(group(i))
  return true
}

/** 1, 10, 100 or 1000: aligns the decimal point with a border between groups. */
function alignment(scale: i32): u64 {
  switch (scale & 3) {
    case 0:
      return 1
    case 3:
      return 10
    case 2:
      return 100
    default:
      return 1000
  }
}

/** Fills the groups; returns how many there are. */
function split(value: u64): i32 {
  let count = 0
  let rest = value
  for (; rest > u32.MAX_VALUE; rest /= BASE) setGroup(count++, <u32>(rest % BASE))
  // Half the bits are divided in a third of the time.
  for (let small = <u32>rest; small !== 0; small /= BASE) setGroup(count++, small % BASE)
  return count
}

function group(index: i32): i32 {
  return load<u16>(GROUPS + ((<usize>index) << 1))
}

function setGroup(index: i32, value: u32): void {
  store<u16>(GROUPS + ((<usize>index) << 1), <u16>value)
}
