/** MurmurHash3_x86_128 (Austin Appleby, public domain), of which the first 64 bits are used, as in core's murmur3.ts. */

const C1: u32 = 0x239b961b
const C2: u32 = 0xab0e9789
const C3: u32 = 0x38b34ae5
const C4: u32 = 0xa1e38b93

/** The first 8 bytes of the hash of `begin..end`, read as a little-endian number. */
export function murmur3(begin: usize, end: usize): u64 {
  const length = <u32>(end - begin)
  let h1: u32 = 0
  let h2: u32 = 0
  let h3: u32 = 0
  let h4: u32 = 0
  let at = begin
  for (; at + 16 <= end; at += 16) {
    h1 ^= rotl<u32>(load<u32>(at) * C1, 15) * C2
    h1 = (rotl<u32>(h1, 19) + h2) * 5 + 0x561ccd1b
    h2 ^= rotl<u32>(load<u32>(at, 4) * C2, 16) * C3
    h2 = (rotl<u32>(h2, 17) + h3) * 5 + 0x0bcaa747
    h3 ^= rotl<u32>(load<u32>(at, 8) * C3, 17) * C4
    h3 = (rotl<u32>(h3, 15) + h4) * 5 + 0x96cd1c35
    h4 ^= rotl<u32>(load<u32>(at, 12) * C4, 18) * C1
    h4 = (rotl<u32>(h4, 13) + h1) * 5 + 0x32ac3b17
  }
  if (at < end) {
    h4 ^= rotl<u32>(tailWord(at + 12, end) * C4, 18) * C1
    h3 ^= rotl<u32>(tailWord(at + 8, end) * C3, 17) * C4
    h2 ^= rotl<u32>(tailWord(at + 4, end) * C2, 16) * C3
    h1 ^= rotl<u32>(tailWord(at, end) * C1, 15) * C2
  }
  h1 ^= length
  h2 ^= length
  h3 ^= length
  h4 ^= length
  h1 += h2 + h3 + h4
  h2 = mixed(h2 + h1)
  h3 = mixed(h3 + h1)
  h4 = mixed(h4 + h1)
  h1 = mixed(h1) + h2 + h3 + h4
  return ((<u64>(h2 + h1)) << 32) | h1
}

/** Up to four bytes from `at`, little-endian, zero beyond `end`. */
function tailWord(at: usize, end: usize): u32 {
  if (at >= end) return 0
  const missing = <isize>(at + 4) - <isize>end
  return missing <= 0 ? load<u32>(at) : load<u32>(at) & (<u32>0xffffffff >> (<u32>missing * 8))
}

function mixed(word: u32): u32 {
  let h = (word ^ (word >> 16)) * 0x85ebca6b
  h = (h ^ (h >> 13)) * 0xc2b2ae35
  return h ^ (h >> 16)
}
