/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain), of which the first 64 bits are used.
 * It needs only 32-bit arithmetic, so it is fast in JavaScript, and any language has it.
 */

const C1 = 0x239b961b
const C2 = 0xab0e9789 | 0
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93 | 0

/** The hash as four 32-bit words; `low` and `high` are the first 8 bytes of the digest read as a little-endian number. */
export class Murmur3 {
  low = 0
  high = 0
  third = 0
  fourth = 0

  /** Hashes `view` from `begin` to `end` (byte offsets, `end` excluded) and leaves the result in this object. */
  hash(view: DataView, begin: number, end: number, seed = 0): void {
    const length = end - begin
    let h1 = seed | 0
    let h2 = h1
    let h3 = h1
    let h4 = h1
    let at = begin
    for (const last = begin + (length & ~15); at < last; at += 16) {
      let k = Math.imul(view.getInt32(at, true), C1)
      h1 ^= Math.imul((k << 15) | (k >>> 17), C2)
      h1 = (Math.imul((((h1 << 19) | (h1 >>> 13)) + h2) | 0, 5) + 0x561ccd1b) | 0
      k = Math.imul(view.getInt32(at + 4, true), C2)
      h2 ^= Math.imul((k << 16) | (k >>> 16), C3)
      h2 = (Math.imul((((h2 << 17) | (h2 >>> 15)) + h3) | 0, 5) + 0x0bcaa747) | 0
      k = Math.imul(view.getInt32(at + 8, true), C3)
      h3 ^= Math.imul((k << 17) | (k >>> 15), C4)
      h3 = (Math.imul((((h3 << 15) | (h3 >>> 17)) + h4) | 0, 5) + 0x96cd1c35) | 0
      k = Math.imul(view.getInt32(at + 12, true), C4)
      h4 ^= Math.imul((k << 18) | (k >>> 14), C1)
      h4 = (Math.imul((((h4 << 13) | (h4 >>> 19)) + h1) | 0, 5) + 0x32ac3b17) | 0
    }
    if (at < end) {
      let k = tailWord(view, at + 12, end)
      h4 ^= Math.imul(rotate(Math.imul(k, C4), 18), C1)
      k = tailWord(view, at + 8, end)
      h3 ^= Math.imul(rotate(Math.imul(k, C3), 17), C4)
      k = tailWord(view, at + 4, end)
      h2 ^= Math.imul(rotate(Math.imul(k, C2), 16), C3)
      k = tailWord(view, at, end)
      h1 ^= Math.imul(rotate(Math.imul(k, C1), 15), C2)
    }
    h1 ^= length
    h2 ^= length
    h3 ^= length
    h4 ^= length
    h1 = (h1 + h2 + h3 + h4) | 0
    h2 = mixed((h2 + h1) | 0)
    h3 = mixed((h3 + h1) | 0)
    h4 = mixed((h4 + h1) | 0)
    h1 = (mixed(h1) + h2 + h3 + h4) | 0
    this.low = h1 >>> 0
    this.high = (h2 + h1) >>> 0
    this.third = (h3 + h1) >>> 0
    this.fourth = (h4 + h1) >>> 0
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** Up to four bytes from `at`, little-endian, zero beyond `end`. */
function tailWord(view: DataView, at: number, end: number): number {
  if (at + 4 <= end) return view.getInt32(at, true)
  let word = 0
  for (let i = Math.min(at + 4, end) - 1; i >= at; i--) word = (word << 8) | view.getUint8(i)
  return word
}

function mixed(word: number): number {
  let h = word ^ (word >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
