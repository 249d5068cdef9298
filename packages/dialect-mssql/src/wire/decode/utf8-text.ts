import { type AvroWriter, sequenceLength } from '@albackup/core'
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
