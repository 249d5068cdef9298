import type { AvroWriter } from '@albackup/core'
import { compact, requireLength, type ValueDecoder } from './value-decoder.ts'

/** binary, varbinary, image and the serialised forms of hierarchyid, geometry, geography and CLR types. */
export function binaryDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => writer.writeBytes(input.bytes, begin, end))
}

/** rowversion: 8 bytes, big-endian, as they are. */
export function rowversionDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 8)
    writer.writeFixed(input.bytes, begin, end)
  })
}

/** uniqueidentifier: 16 bytes in RFC 4122's order; on the wire its first three fields are little-endian. */
export function uuidDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 16)
    const view = input.view
    const at = writer.offset
    writer.view.setUint32(at, view.getUint32(begin, true))
    writer.view.setUint16(at + 4, view.getUint16(begin + 4, true))
    writer.view.setUint16(at + 6, view.getUint16(begin + 6, true))
    writer.view.setUint32(at + 8, view.getUint32(begin + 8, true), true)
    writer.view.setUint32(at + 12, view.getUint32(begin + 12, true), true)
    writer.offset = at + 16
  })
}
