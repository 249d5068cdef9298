import type { IntegerType } from '@albackup/core'
import type { Encoder } from './encoder.ts'
import { BOOLEAN, FLOAT32, FLOAT64, INT16, INT32, INT64 } from './plain-forms.ts'

export function booleanEncoder(): Encoder {
  return { fields: 1, bound: 5, plain: [BOOLEAN], encode: (from, to) => to.writeByte(from.readBoolean() ? 1 : 0) }
}

/** int2, int4 and int8; an 8-bit integer travels as int2. */
export function integerEncoder(type: IntegerType): Encoder {
  switch (type.bits) {
    case 8:
    case 16:
      return { fields: 1, bound: 6, plain: [INT16], encode: (from, to) => to.writeInt16(from.readInt()) }
    case 32:
      return { fields: 1, bound: 8, plain: [INT32], encode: (from, to) => to.writeInt32(from.readInt()) }
    case 64:
      return {
        fields: 1,
        bound: 12,
        plain: [INT64],
        encode(from, to) {
          from.readLong()
          to.writeInt64(from.high, from.low)
        },
      }
  }
}

/** float4 and float8. The bits are moved, not the number, so that -0.0 and every NaN stay what they are. */
export function floatEncoder(bits: 32 | 64): Encoder {
  if (bits === 32) {
    return {
      fields: 1,
      bound: 8,
      plain: [FLOAT32],
      encode(from, to) {
        to.writeInt32(from.view.getInt32(from.offset, true))
        from.offset += 4
      },
    }
  }
  return {
    fields: 1,
    bound: 12,
    plain: [FLOAT64],
    encode(from, to) {
      const { view, offset } = from
      to.writeInt64(view.getInt32(offset + 4, true), view.getInt32(offset, true))
      from.offset = offset + 8
    },
  }
}
