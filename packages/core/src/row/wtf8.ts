import { isUtf8 } from 'node:buffer'

/**
 * UTF-8 that keeps lone surrogates as their 3-byte form (WTF-8, "generalized UTF-8"), so that any UTF-16 string survives.
 * Well-formed text, which is nearly all text, is ordinary UTF-8.
 */
export function encodeUtf8(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8')
  const parts: Buffer[] = []
  for (const character of text) {
    const code = character.charCodeAt(0)
    parts.push(character.isWellFormed() ? Buffer.from(character) : surrogateBytes(code))
  }
  return Buffer.concat(parts)
}

export function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  let begin = 0
  for (let at = buffer.indexOf(0xed); at >= 0; at = buffer.indexOf(0xed, at + 1)) {
    // ED A0..BF xx is U+D800 .. U+DFFF, which UTF-8 proper does not have; ED 80..9F is ordinary.
    if (at + 2 >= buffer.length || buffer[at + 1]! < 0xa0) continue
    text += buffer.toString('utf8', begin, at)
    text += String.fromCharCode(0xd000 | ((buffer[at + 1]! & 0x3f) << 6) | (buffer[at + 2]! & 0x3f))
    begin = at + 3
  }
  return begin === 0 ? buffer.toString('utf8') : text + buffer.toString('utf8', begin)
}

/** Added to a byte that is part of no character, it is the lone surrogate that stands for the byte; see docs/format.md. */
const ESCAPE = 0xdc00

/** Bytes that are meant as UTF-8, each of those that are not as its lone surrogate; at most three times as long. */
export function escapeInvalidUtf8(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at, bytes.length)
    parts.push(length === 0 ? surrogateBytes(ESCAPE + bytes[at]!) : bytes.subarray(at, at + length))
    at += Math.max(1, length)
  }
  return Buffer.concat(parts)
}

/** The length of the well-formed sequence at `at` (Unicode, table 3-7), or 0. */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (length === 0 || at + length > end) return 0
  const second = bytes[at + 1]!
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const greatest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > greatest) return 0
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  return length
}

function surrogateBytes(code: number): Buffer {
  return Buffer.of(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
}
