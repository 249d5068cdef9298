const LEAD = 0xed

const BLANKS: u64 = 0x2020202020202020

/** Whether a text holds a NUL or a lone surrogate (awkward-text.ts), found as there, eight bytes at a time. */
export function isAwkward(begin: usize, end: usize): bool {
  let at = begin
  for (; at + 8 <= end; at += 8) if (mayBeAwkward(load<u64>(at)) && holdsAwkward(at, at + 8, end)) return true
  const rest = ((<u64>1) << (<u64>(end - at) * 8)) - 1
  return mayBeAwkward((load<u64>(at) & rest) | (BLANKS & ~rest)) && holdsAwkward(at, end, end)
}

/** Whether one of eight bytes is 00 or ED. */
function mayBeAwkward(word: u64): bool {
  const lead = word ^ 0xedededededededed
  const zeros = ((word - 0x0101010101010101) & ~word) | ((lead - 0x0101010101010101) & ~lead)
  return (zeros & 0x8080808080808080) !== 0
}

/** ED begins ordinary characters too (U+D000 to U+D7FF); followed by A0 or more it is a surrogate. */
function holdsAwkward(begin: usize, end: usize, endOfText: usize): bool {
  for (let at = begin; at < end; at++) {
    const byte = load<u8>(at)
    if (byte === 0 || (byte === LEAD && at + 1 < endOfText && load<u8>(at + 1) >= 0xa0)) return true
  }
  return false
}

/** Code points: the bytes that continue no character. */
export function countCharacters(begin: usize, end: usize): i32 {
  let count = 0
  for (let at = begin; at < end; at++) if ((load<u8>(at) & 0xc0) !== 0x80) count++
  return count
}
