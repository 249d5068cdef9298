import { FRAMING, TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import { avroBytes } from './avro-bytes.ts'
import { partsEncoder } from './parts.ts'
import { COPY } from './transcoder.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

/** uniqueidentifier: from RFC 4122's order; on the wire its first three fields are little-endian. */
export function uuidEncoder(): ValueEncoder {
  return {
    bound: 17,
    encode(from, to) {
      const at = from.offset
      const { view } = from
      endOfValue(from, 16)
      to.writeByte(16)
      to.writeInt32(view.getInt32(at))
      to.writeUint16(view.getUint16(at + 4))
      to.writeUint16(view.getUint16(at + 6))
      to.writeInt32(view.getInt32(at + 8, true))
      to.writeInt32(view.getInt32(at + 12, true))
      from.offset = at + 16
    },
  }
}

/** binary and varbinary, and as varbinary(max) image and the serialised forms of CLR types. */
export function binaryEncoder(type: TypeInfo, report: ColumnReport): ValueEncoder {
  return type.framing === FRAMING.PARTS ? partsEncoder(COPY, report) : shortBinaryEncoder(type, report)
}

function shortBinaryEncoder({ id, size }: TypeInfo, report: ColumnReport): ValueEncoder {
  const fixed = id === TYPE.BIGBINARY
  return {
    bound: 2,
    encode(from, to) {
      const valueBegin = from.offset
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      const length = Math.min(end - begin, size)
      to.reserve(fixed ? size : length)
      to.writeUint16(fixed ? size : length)
      to.writeBytes(from.bytes, begin, begin + length)
      if (length < end - begin) report.count('too-long', from, valueBegin)
      const padding = fixed ? size - length : 0
      to.fill(0, padding)
      if (length < end - begin || padding > 0) {
        const held = Buffer.alloc(length + padding)
        from.bytes.copy(held, 0, begin, begin + length)
        report.changed(valueBegin, end, avroBytes(held))
      }
    },
  }
}

/** The 8 bytes of a rowversion in a column of binary(8) or varbinary(8): nothing counts them on there. */
export function rowversionEncoder(report: ColumnReport): ValueEncoder {
  return {
    bound: 10,
    encode(from, to) {
      const begin = from.offset
      const end = endOfValue(from, 8)
      to.writeUint16(8)
      to.writeBytes(from.bytes, begin, end)
      from.offset = end
      report.changed(begin, end, avroBytes(from.bytes.subarray(begin, end)))
    },
  }
}
