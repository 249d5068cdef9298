import type { AvroWriter, IntegerType } from '@albackup/core'
import { compact, requireLength, type ValueDecoder } from './value-decoder.ts'

/** bit: one byte, 0 or 1. */
export function bitDecoder(writer: AvroWriter): ValueDecoder {
  return compact((input, begin, end) => {
    requireLength(begin, end, 1)
    writer.writeBoolean(input.bytes[begin] !== 0)
  })
}

/** tinyint, smallint, int and bigint, little-endian; the first is unsigned. */
export function integerDecoder(bits: IntegerType['bits'], writer: AvroWriter): ValueDecoder {
  switch (bits) {
    case 8:
      return compact((input, begin, end) => {
        requireLength(begin, end, 1)
        writer.writeInt(input.bytes[begin]!)
      })
    case 16:
      return compact((input, begin, end) => {
        requireLength(begin, end, 2)
        writer.writeInt(input.view.getInt16(begin, true))
      })
    case 32:
      return compact((input, begin, end) => {
        requireLength(begin, end, 4)
        writer.writeInt(input.view.getInt32(begin, true))
      })
    case 64:
      return compact((input, begin, end) => {
        requireLength(begin, end, 8)
        writer.writeLong(input.view.getInt32(begin, true), input.view.getInt32(begin + 4, true))
      })
  }
}
