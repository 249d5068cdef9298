import type { AvroWriter } from '@albackup/core'
import { type CodePage, codePage, ESCAPE, LEAD } from '../../code-page.ts'
import { type CodePageNumber, UTF8 } from '../../collation.ts'
import { asciiRun, putUnit } from './put-text.ts'
import { endString, prefixLength } from './string-frame.ts'
import { utf8Decoder } from './utf8-text.ts'
import { growing, type ValueDecoder } from './value-decoder.ts'

/** char, varchar and text in the code page of their collation, as UTF-8; every byte leaves a trace: see docs/code-pages.md. */
export function codePageDecoder(number: CodePageNumber, writer: AvroWriter): ValueDecoder {
  if (number === UTF8) return utf8Decoder(writer)
  const page = codePage(number)
  return page.pairs === null ? singleByteDecoder(page, writer) : pairDecoder(page, page.pairs, writer)
}

function singleByteDecoder({ singles }: CodePage, writer: AvroWriter): ValueDecoder {
  return growing(3, (input, begin, end) => {
    const source = input.bytes
    const out = writer.bytes
    const guessed = prefixLength(end - begin)
    let to = writer.offset + guessed
    let at = begin
    while (at < end) {
      const length = asciiRun(input, at, end, writer, to)
      at += length
      to += length
      if (at < end) to = putUnit(out, to, singles[source[at++]!]!)
    }
    endString(writer, guessed, to)
  })
}

function pairDecoder({ singles }: CodePage, pairs: Uint16Array, writer: AvroWriter): ValueDecoder {
  return growing(3, (input, begin, end) => {
    const source = input.bytes
    const out = writer.bytes
    const guessed = prefixLength(end - begin)
    let to = writer.offset + guessed
    let at = begin
    while (at < end) {
      const byte = source[at++]!
      const unit = singles[byte]!
      if (unit !== LEAD) {
        to = putUnit(out, to, unit)
        continue
      }
      const pair = at < end ? pairs[(byte << 8) | source[at]!]! : 0
      if (pair !== 0) at++
      to = putUnit(out, to, pair === 0 ? ESCAPE + byte : pair)
    }
    endString(writer, guessed, to)
  })
}
