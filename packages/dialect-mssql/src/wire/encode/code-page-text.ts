import { codePageEncoding } from '../../code-page-encoding.ts'
import { type CodePageNumber, UTF8 } from '../../collation.ts'
import type { Transcoder } from './transcoder.ts'
import { UTF8_TEXT } from './utf8-text.ts'

/** Four bytes at once: no bit of this mask is set when all are ASCII. */
const NOT_ASCII = 0x80808080

const QUESTION_MARK = 0x3f

/** UTF-8 to the bytes of a code page; the escapes of bytes without a character become those bytes again. */
export function codePageTranscoder(number: CodePageNumber): Transcoder {
  if (number === UTF8) return UTF8_TEXT
  const encoding = codePageEncoding(number)
  return {
    growth: 1,
    lossKind: 'unmappable-character',
    clean: (text) => withQuestionMarks(text, encoding),
    write(from, begin, end, to) {
      const { bytes, view } = from
      const out = to.bytes
      let target = to.offset
      let at = begin
      while (at < end) {
        if (at + 4 <= end) {
          const word = view.getInt32(at, true)
          if ((word & NOT_ASCII) === 0) {
            to.view.setInt32(target, word, true)
            at += 4
            target += 4
            continue
          }
        }
        const lead = bytes[at]!
        if (lead < 0x80) {
          out[target++] = lead
          at++
          continue
        }
        // No code page has a character beyond the 16 bits of one code unit.
        if (lead >= 0xf0) return false
        const code = encoding[unitAt(bytes, at)]!
        if (code === 0) return false
        if (code >= 0x100) out[target++] = code >> 8
        out[target++] = code
        at += lead < 0xe0 ? 2 : 3
      }
      to.offset = target
      return true
    },
  }
}

/** The code unit of the sequence of two or three bytes at `at`. */
function unitAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f)
  return ((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)
}

function withQuestionMarks(text: Uint8Array, encoding: Uint16Array): Buffer {
  const clean = Buffer.allocUnsafe(text.length)
  let length = 0
  for (let at = 0; at < text.length; ) {
    const lead = text[at]!
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    if (size === 4 || (size > 1 && encoding[unitAt(text, at)] === 0)) clean[length++] = QUESTION_MARK
    else for (let i = 0; i < size; i++) clean[length++] = text[at + i]!
    at += size
  }
  return clean.subarray(0, length)
}
