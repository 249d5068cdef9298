import { type Encoder, endOfValue } from './encoder.ts'
import { BYTES, FIXED_BYTES } from './plain-forms.ts'

/** bytea. */
export function bytesEncoder(): Encoder {
  return {
    fields: 1,
    bound: 4,
    plain: [BYTES],
    encode(from, to) {
      const end = endOfValue(from, from.readInt())
      const begin = from.offset
      from.offset = end
      to.reserve(end - begin)
      to.writeBytesOf(from, begin, end)
    },
  }
}

/** uuid (16 bytes, in the order in which it is written) and rowversion (8 bytes, as bytea). */
export function fixedBytesEncoder(length: number): Encoder {
  return {
    fields: 1,
    bound: 4 + length,
    plain: [FIXED_BYTES, BigInt(length)],
    encode(from, to) {
      const end = endOfValue(from, length)
      to.writeBytesOf(from, from.offset, end)
      from.offset = end
    },
  }
}
