import { type ColumnLosses, type Encoder, endOfValue } from './encoder.ts'
import { spatialToEwkb } from './spatial.ts'

/** geometry and geography of PostGIS. */
export function spatialEncoder(geography: boolean, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4,
    encode(from, to) {
      const end = endOfValue(from, from.readInt())
      const ewkb = spatialToEwkb(from.bytes.subarray(from.offset, end), geography)
      from.offset = end
      if (typeof ewkb === 'string') throw losses.refuse(ewkb)
      to.reserve(ewkb.length)
      to.writeBytes(ewkb, 0, ewkb.length)
    },
  }
}
