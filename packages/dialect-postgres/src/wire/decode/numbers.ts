import type { AvroWriter } from '@albackup/core'
import { BOOLEAN, FLOAT32, FLOAT64, INT16, INT32, INT64 } from '../plain-forms.ts'
import { decoder, requireLength, type ValueDecoder } from './value-decoder.ts'

export function booleanDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(
    ({ bytes }, begin, end) => {
      requireLength(begin, end, 1)
      writer.writeBoolean(bytes[begin] !== 0)
    },
    [BOOLEAN],
  )
}

/** int2, int4 and int8. */
export function integerDecoder(bits: 16 | 32 | 64, writer: AvroWriter): ValueDecoder {
  switch (bits) {
    case 16:
      return decoder(
        ({ view }, begin, end) => {
          requireLength(begin, end, 2)
          writer.writeInt(view.getInt16(begin))
        },
        [INT16],
      )
    case 32:
      return decoder(
        ({ view }, begin, end) => {
          requireLength(begin, end, 4)
          writer.writeInt(view.getInt32(begin))
        },
        [INT32],
      )
    case 64:
      return decoder(
        ({ view }, begin, end) => {
          requireLength(begin, end, 8)
          writer.writeLong(view.getInt32(begin + 4), view.getInt32(begin))
        },
        [INT64],
      )
  }
}

/** float4 and float8. The bits are moved, not the number, so that -0.0 and every NaN stay what they are. */
export function floatDecoder(bits: 32 | 64, writer: AvroWriter): ValueDecoder {
  const length = bits / 8
  return decoder(
    ({ view }, begin, end) => {
      requireLength(begin, end, length)
      const to = writer.offset
      writer.view.setInt32(to + length - 4, view.getInt32(begin), true)
      if (length === 8) writer.view.setInt32(to, view.getInt32(begin + 4), true)
      writer.offset = to + length
    },
    [bits === 32 ? FLOAT32 : FLOAT64],
  )
}
