import { type AvroWriter, escapeInvalidUtf8, type Input, SourceError } from '@albackup/core'
import { BYTES, FIXED_BYTES, JSONB, TEXT } from '../plain-forms.ts'
import { decoder, requireLength, type ValueDecoder, type WriteValue } from './value-decoder.ts'

/** The version byte that jsonb begins with (jsonb.c, "jsonb_send"). */
const JSONB_VERSION = 1

/** How the server sends texts: as UTF-8, or, where it knows no encoding of theirs (SQL_ASCII), as whatever bytes they are. */
export type TextForm = 'utf-8' | 'bytes'

/** Text becomes at most so many times as long. */
export const TEXT_GROWTH: Readonly<Record<TextForm, number>> = { 'utf-8': 1, bytes: 3 }

export function bytesDecoder(writer: AvroWriter): ValueDecoder {
  return decoder((input, begin, end) => writer.writeBytesOf(input, begin, end), [BYTES])
}

/** text, varchar, char(n), name, json, the labels of enums. */
export function textDecoder(form: TextForm, writer: AvroWriter): ValueDecoder {
  return decoder(textWriter(form, writer), form === 'utf-8' ? [TEXT] : undefined)
}

export function jsonbDecoder(form: TextForm, writer: AvroWriter): ValueDecoder {
  const writeText = textWriter(form, writer)
  const write: WriteValue = (input, begin, end) => {
    const version = input.bytes[begin]
    if (version !== JSONB_VERSION) throw new SourceError(`version ${version} of jsonb is not known`)
    writeText(input, begin + 1, end)
  }
  return decoder(write, form === 'utf-8' ? [JSONB] : undefined)
}

function textWriter(form: TextForm, writer: AvroWriter): WriteValue {
  if (form === 'utf-8') return (input, begin, end) => writer.writeBytesOf(input, begin, end)
  return (input: Input, begin, end) => writer.writeBytes(escapeInvalidUtf8(input.bytes.subarray(begin, end)))
}

export function uuidDecoder(writer: AvroWriter): ValueDecoder {
  const write: WriteValue = (input, begin, end) => {
    requireLength(begin, end, 16)
    writer.writeFixedOf(input, begin, end)
  }
  return decoder(write, [FIXED_BYTES, 16n])
}
