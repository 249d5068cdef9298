import type { AvroWriter } from '@albackup/core'
import { ESCAPE } from '../../code-page.ts'
import { asciiRun, putUnit } from './put-text.ts'
import { endString, prefixLength } from './string-frame.ts'
import { growing, type ValueDecoder } from './value-decoder.ts'

/** char and varchar of a _UTF8 collation: as they are; each byte that is not valid UTF-8 as the lone surrogate U+DC00 + byte. */
export function utf8Decoder(writer: AvroWriter): ValueDecoder {
  return growing(3, (input, begin, end) => {
    const source = input.bytes
    const out = writer.bytes
    const guessed = prefixLength(end - begin)
    let to = writer.offset + guessed
    let at = begin
    while (at < end) {
      const run = asciiRun(input, at, end, writer, to)
      at += run
      to += run
      if (at === end) break
      const length = sequenceLength(source, at, end)
      if (length === 0) to = putUnit(out, to, ESCAPE + source[at++]!)
      for (let i = 0; i < length; i++) out[to++] = source[at++]!
    }
    endString(writer, guessed, to)
  })
}

/** The length of the well-formed sequence of more than one byte at `at` (Unicode, table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (length === 0 || at + length > end) return 0
  const second = bytes[at + 1]!
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const greatest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > greatest) return 0
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  return length
}
