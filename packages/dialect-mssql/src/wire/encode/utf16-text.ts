import type { Transcoder } from './transcoder.ts'

/** Four bytes at once: no bit of this mask is set when all are ASCII. */
const NOT_ASCII = 0x80808080

/** UTF-8 to UTF-16, a lone surrogate from the 3-byte form of its code unit: every text has its place. */
export const UTF16: Transcoder = {
  growth: 2,
  write(from, begin, end, to) {
    const { bytes, view } = from
    const out = to.view
    let target = to.offset
    let at = begin
    while (at < end) {
      if (at + 4 <= end) {
        const word = view.getInt32(at, true)
        if ((word & NOT_ASCII) === 0) {
          out.setInt32(target, (word & 0x7f) | ((word & 0x7f00) << 8), true)
          out.setInt32(target + 4, ((word >>> 16) & 0x7f) | ((word >>> 8) & 0x7f0000), true)
          at += 4
          target += 8
          continue
        }
      }
      const lead = bytes[at]!
      if (lead < 0x80) {
        out.setUint16(target, lead, true)
        at++
      } else if (lead < 0xe0) {
        out.setUint16(target, ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f), true)
        at += 2
      } else if (lead < 0xf0) {
        out.setUint16(target, (lead << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f), true)
        at += 3
      } else {
        const upper = ((lead & 7) << 18) | ((bytes[at + 1]! & 0x3f) << 12)
        const beyond = (upper | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f)) - 0x10000
        out.setUint16(target, 0xd800 | (beyond >> 10), true)
        out.setUint16(target + 2, 0xdc00 | (beyond & 0x3ff), true)
        at += 4
        target += 2
      }
      target += 2
    }
    to.offset = target
    return true
  },
}
