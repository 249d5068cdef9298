import { type AvroWriter, SourceError } from '@albackup/core'
import { decoder, requireLength, type ValueDecoder } from './value-decoder.ts'

/** The version byte that jsonb begins with (jsonb.c, "jsonb_send"). */
const JSONB_VERSION = 1

/** bytea, and text in UTF-8: text, varchar, char(n), name, json, the labels of enums. */
export function bytesDecoder(writer: AvroWriter): ValueDecoder {
  return decoder((input, begin, end) => writer.writeBytesOf(input, begin, end))
}

export function jsonbDecoder(writer: AvroWriter): ValueDecoder {
  return decoder((input, begin, end) => {
    const version = input.bytes[begin]
    if (version !== JSONB_VERSION) throw new SourceError(`version ${version} of jsonb is not known`)
    writer.writeBytesOf(input, begin + 1, end)
  })
}

export function uuidDecoder(writer: AvroWriter): ValueDecoder {
  return decoder((input, begin, end) => {
    requireLength(begin, end, 16)
    writer.writeFixedOf(input, begin, end)
  })
}
