import type { Transcoder } from './transcoder.ts'

/** The lead byte of the surrogates' 3-byte form, ED A0..BF xx, and of ordinary characters before them. */
const LEAD = 0xed

/** U+FFFD, the replacement character. */
const REPLACEMENT = [0xef, 0xbf, 0xbd] as const

/** UTF-8 as it is; an escape of a byte that is not valid UTF-8 (U+DC80 to U+DCFF) becomes that byte again. */
export const UTF8_TEXT: Transcoder = {
  growth: 1,
  lossKind: 'lone-surrogate',
  clean: withReplacements,
  write(from, begin, end, to) {
    const text = from.bytes.subarray(begin, end)
    let done = 0
    for (let at = text.indexOf(LEAD); at >= 0; at = text.indexOf(LEAD, at + 1)) {
      if (at + 2 >= text.length || text[at + 1]! < 0xa0) continue
      const byte = escapedByte(text, at)
      if (byte === 0) return false
      to.writeBytes(text, done, at)
      to.writeByte(byte)
      done = at + 3
    }
    to.writeBytes(text, done, text.length)
    return true
  },
}

/** The byte that the surrogate at `at` stands for, or 0. */
function escapedByte(bytes: Uint8Array, at: number): number {
  const unit = 0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)
  return unit >= 0xdc80 && unit <= 0xdcff ? unit & 0xff : 0
}

function withReplacements(text: Uint8Array): Buffer {
  const clean = Buffer.from(text)
  for (let at = clean.indexOf(LEAD); at >= 0; at = clean.indexOf(LEAD, at + 1)) {
    if (at + 2 < clean.length && clean[at + 1]! >= 0xa0 && escapedByte(clean, at) === 0) clean.set(REPLACEMENT, at)
  }
  return clean
}
