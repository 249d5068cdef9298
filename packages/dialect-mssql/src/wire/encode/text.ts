import { AvroReader } from '@albackup/core'
import { codePageOfCollation } from '../../collation.ts'
import { FRAMING, TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import { avroBytes } from './avro-bytes.ts'
import { codePageTranscoder } from './code-page-text.ts'
import { partsEncoder } from './parts.ts'
import { TdsWriter } from './tds-writer.ts'
import type { Transcoder } from './transcoder.ts'
import { UTF16 } from './utf16-text.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

const BLANK = 0x20

/** char, varchar, nchar, nvarchar; text, ntext, xml and json as (max). */
export function textEncoder(type: TypeInfo, report: ColumnReport): ValueEncoder {
  const isNational = type.id === TYPE.NCHAR || type.id === TYPE.NVARCHAR
  const transcoder = isNational ? UTF16 : codePageTranscoder(codePageOfCollation(type.collation!))
  return type.framing === FRAMING.PARTS
    ? partsEncoder(transcoder, report)
    : shortTextEncoder(type, transcoder, isNational ? 2 : 1, report)
}

/** `unit`: the bytes of a blank. */
function shortTextEncoder(type: TypeInfo, transcoder: Transcoder, unit: 1 | 2, report: ColumnReport): ValueEncoder {
  const { size } = type
  const least = type.id === TYPE.BIGCHAR || type.id === TYPE.NCHAR ? size : 0
  return {
    bound: 2 + size,
    encode(from, to) {
      const valueBegin = from.offset
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      to.reserve((end - begin) * transcoder.growth)
      const lengthAt = to.offset
      to.offset += 2
      const isClean = transcoder.write(from, begin, end, to)
      const length = to.offset - lengthAt - 2
      if (!isClean || length > size || length < least) {
        to.offset = lengthAt + 2
        adapt(from, valueBegin, begin, end, to)
      }
      to.view.setUint16(lengthAt, to.offset - lengthAt - 2, true)
    },
  }

  /** Writes the text as the column holds it: without what has no place in it, cut, padded with blanks. */
  function adapt(from: AvroReader, valueBegin: number, begin: number, end: number, to: TdsWriter): void {
    const text = from.bytes.subarray(begin, end)
    const clean = transcoder.clean?.(text) ?? text
    if (!clean.equals(text)) report.count(transcoder.lossKind!, from, valueBegin)
    const fitting = longestFitting(clean, transcoder, size)
    if (fitting.end < clean.length) report.count('too-long', from, valueBegin)
    const blanks = Math.max(0, (least - fitting.length) / unit)
    const held = Buffer.concat([clean.subarray(0, fitting.end), Buffer.alloc(blanks, BLANK)])
    transcoder.write(new AvroReader(held), 0, held.length, to)
    report.changed(valueBegin, end, avroBytes(held))
  }
}

/** How much of the text becomes at most `size` bytes: where it ends, and how many bytes they are. */
function longestFitting(text: Uint8Array, transcoder: Transcoder, size: number): { end: number; length: number } {
  const reader = new AvroReader(text)
  const character = new TdsWriter(0)
  let end = 0
  let length = 0
  while (end < text.length) {
    const lead = text[end]!
    const next = Math.min(end + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4), text.length)
    character.offset = 0
    transcoder.write(reader, end, next, character)
    if (length + character.offset > size) break
    length += character.offset
    end = next
  }
  return { end, length }
}
