/** What to do with characters that PostgreSQL's text types refuse. */
export interface TextPolicy {
  /** U+0000. */
  readonly nul: 'error' | 'strip' | 'replace'
  /** One half of a UTF-16 pair without the other: ED A0..BF xx. */
  readonly surrogate: 'error' | 'replace'
}

/** U+FFFD, the replacement character. */
const REPLACEMENT = [0xef, 0xbf, 0xbd] as const

const LEAD = 0xed

/**
 * Whether `view[begin..end)` holds a NUL or a lone surrogate. Reads four bytes at a time; a word with a byte 00 or ED in it is
 * found by the carry of a subtraction ("haszero" of Anderson's Bit Twiddling Hacks).
 */
export function hasAwkwardText(view: DataView, begin: number, end: number): boolean {
  let at = begin
  for (const last = end - 4; at <= last; at += 4) {
    const word = view.getInt32(at)
    const lead = word ^ 0xedededed
    if ((((word - 0x01010101) & ~word) | ((lead - 0x01010101) & ~lead)) & 0x80808080) {
      if (isAwkward(view, at, end) || isAwkward(view, at + 1, end)) return true
      if (isAwkward(view, at + 2, end) || isAwkward(view, at + 3, end)) return true
    }
  }
  for (; at < end; at++) if (isAwkward(view, at, end)) return true
  return false
}

/** ED begins ordinary characters too (U+D000 to U+D7FF); followed by A0 or more it is a surrogate. */
function isAwkward(view: DataView, at: number, end: number): boolean {
  const byte = view.getUint8(at)
  return byte === 0 || (byte === LEAD && at + 1 < end && view.getUint8(at + 1) >= 0xa0)
}

export interface CleanText {
  readonly bytes: Buffer
  readonly nuls: number
  readonly surrogates: number
}

/** The text as the policy has it, 'error' treated as 'replace': whoever counts the characters refuses them. */
export function cleanText(text: Uint8Array, policy: TextPolicy): CleanText {
  let nuls = 0
  let surrogates = 0
  for (const byte of text) if (byte === 0) nuls++
  // A surrogate is as long as its replacement, a NUL two bytes shorter.
  const clean = Buffer.allocUnsafe(text.length + nuls * (REPLACEMENT.length - 1))
  let length = 0
  const replace = () => {
    for (const byte of REPLACEMENT) clean[length++] = byte
  }
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!
    if (byte === 0) {
      if (policy.nul !== 'strip') replace()
    } else if (byte === LEAD && text[at + 1]! >= 0xa0) {
      surrogates++
      replace()
      at += 2
    } else clean[length++] = byte
  }
  return { bytes: clean.subarray(0, length), nuls, surrogates }
}

/** Code points: the bytes that continue no character. */
export function countCharacters(bytes: Uint8Array, begin: number, end: number): number {
  let count = 0
  for (let at = begin; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++
  return count
}
