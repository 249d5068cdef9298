import { type AvroWriter, SourceError } from '@albackup/core'
import { endString, prefixLength } from './string-frame.ts'
import { growing, type ValueBytes, type ValueDecoder } from './value-decoder.ts'

/** Two code units of UTF-16 at once: no bit of this mask is set when both are ASCII. */
const NOT_ASCII = 0xff80ff80

const BYTE_ORDER_MARK = 0xfeff

/** nchar, nvarchar and ntext: UTF-16 to UTF-8; a lone surrogate becomes the 3-byte form of its code unit. */
export function utf16Decoder(writer: AvroWriter): ValueDecoder {
  return growing(1.5, (input, begin, end) => writeUtf16(input, begin, end, writer))
}

/** xml: as nvarchar, without the byte order mark, which is no part of the text. */
export function xmlDecoder(writer: AvroWriter): ValueDecoder {
  return growing(1.5, (input, begin, end) => {
    const marked = end - begin >= 2 && input.view.getUint16(begin, true) === BYTE_ORDER_MARK
    writeUtf16(input, marked ? begin + 2 : begin, end, writer)
  })
}

function writeUtf16(input: ValueBytes, begin: number, end: number, writer: AvroWriter): void {
  if (((end - begin) & 1) === 1) throw new SourceError('half a UTF-16 code unit is missing')
  const out = writer.bytes
  const view = input.view
  const guessed = prefixLength((end - begin) >> 1)
  let to = writer.offset + guessed
  let at = begin
  const last = end - 2
  while (at <= last) {
    if (at < last) {
      const pair = view.getInt32(at, true)
      if ((pair & NOT_ASCII) === 0) {
        out[to] = pair
        out[to + 1] = pair >>> 16
        to += 2
        at += 4
        continue
      }
    }
    const unit = view.getUint16(at, true)
    at += 2
    if (unit < 0x80) out[to++] = unit
    else if (unit < 0x800) {
      out[to++] = 0xc0 | (unit >> 6)
      out[to++] = 0x80 | (unit & 0x3f)
    } else if ((unit & 0xfc00) === 0xd800 && at <= last && (view.getUint16(at, true) & 0xfc00) === 0xdc00) {
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (view.getUint16(at, true) & 0x3ff)
      out[to++] = 0xf0 | (point >> 18)
      out[to++] = 0x80 | ((point >> 12) & 0x3f)
      out[to++] = 0x80 | ((point >> 6) & 0x3f)
      out[to++] = 0x80 | (point & 0x3f)
      at += 2
    } else {
      out[to++] = 0xe0 | (unit >> 12)
      out[to++] = 0x80 | ((unit >> 6) & 0x3f)
      out[to++] = 0x80 | (unit & 0x3f)
    }
  }
  endString(writer, guessed, to)
}
