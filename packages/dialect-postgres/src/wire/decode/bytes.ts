import { type AvroWriter, SourceError } from '@albackup/core'
import { decoder, requireLength, type ValueDecoder } from './value-decoder.ts'

/** The version byte that jsonb begins with (jsonb.c, "jsonb_send"). */
const JSONB_VERSION = 1

/** bytea, and text in UTF-8: text, varchar, char(n), name, json, the labels of enums. */
export function bytesDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(({ bytes }, begin, end) => writer.writeBytes(bytes, begin, end))
}

export function jsonbDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(({ bytes }, begin, end) => {
    if (bytes[begin] !== JSONB_VERSION) throw new SourceError(`version ${bytes[begin]} of jsonb is not known`)
    writer.writeBytes(bytes, begin + 1, end)
  })
}

export function uuidDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(({ bytes }, begin, end) => {
    requireLength(begin, end, 16)
    writer.writeFixed(bytes, begin, end)
  })
}
