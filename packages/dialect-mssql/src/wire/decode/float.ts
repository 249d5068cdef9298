import type { AvroWriter } from '@albackup/core'
import { compact, requireLength, type ValueDecoder } from './value-decoder.ts'

/** real and float: IEEE 754, little-endian on both sides; the bits go over as they are. */
export function floatDecoder(bits: 32 | 64, writer: AvroWriter): ValueDecoder {
  const length = bits / 8
  return compact((input, begin, end) => {
    requireLength(begin, end, length)
    writer.writeFixed(input.bytes, begin, end)
  })
}
