import { type AvroWriter, LATE_STEP, SourceError } from '@albackup/core'
import {
  EPOCH_DAYS,
  EPOCH_MICROS_HIGH,
  EPOCH_MICROS_LOW,
  EPOCH_MILLIS,
  INFINITE_DAYS,
  isInfinite,
  TWO_32,
} from '../epoch.ts'
import { DATE, TIME_OF_MICROS, TIMESTAMP_OF_MICROS, TIMESTAMP_OF_MILLIS } from '../plain-forms.ts'
import { decoder, requireLength, type ValueDecoder } from './value-decoder.ts'

/** date: days. */
export function dateDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(
    ({ view }, begin, end) => {
      requireLength(begin, end, 4)
      const days = view.getInt32(begin)
      const infinite = days === INFINITE_DAYS.positive || days === INFINITE_DAYS.negative
      writer.writeInt(infinite ? days : days + EPOCH_DAYS)
    },
    [DATE],
  )
}

/** time: microseconds since midnight, up to 24:00:00. */
export function timeDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(
    ({ view }, begin, end) => {
      requireLength(begin, end, 8)
      writer.writeLong(view.getInt32(begin + 4), view.getInt32(begin))
    },
    [TIME_OF_MICROS],
  )
}

/** timestamp and timestamptz as microseconds. */
export function microsDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(
    ({ view }, begin, end) => {
      requireLength(begin, end, 8)
      const high = view.getInt32(begin)
      const low = view.getUint32(begin + 4)
      if (isInfinite(high, low)) {
        writer.writeLong(low, high)
        return
      }
      const sum = low + EPOCH_MICROS_LOW
      const carry = sum >= TWO_32 ? 1 : 0
      const lower = sum - carry * TWO_32
      const upper = high + EPOCH_MICROS_HIGH + carry
      if (upper > 0x7fffffff || (upper === 0x7fffffff && lower === 0xffffffff)) writeLate(writer, upper, lower)
      else writer.writeLong(lower, upper)
    },
    [TIMESTAMP_OF_MICROS],
  )
}

/** Microseconds since 1970 from 2^63 - 1 on; the writer takes both halves modulo 2^32. */
function writeLate(writer: AvroWriter, high: number, low: number): void {
  const lower = low + LATE_STEP
  if (lower >= TWO_32) writer.writeLong(lower - TWO_32, high + 1)
  else writer.writeLong(lower, high)
}

/** timestamp(0) to timestamp(3) as milliseconds. */
export function millisDecoder(writer: AvroWriter): ValueDecoder {
  return decoder(
    ({ view }, begin, end) => {
      requireLength(begin, end, 8)
      const high = view.getInt32(begin)
      const low = view.getUint32(begin + 4)
      if (isInfinite(high, low)) {
        writer.writeLong(low, high)
        return
      }
      // 64 bits divided by 1000 in halves.
      const upper = Math.floor(high / 1000)
      const rest = (high - upper * 1000) * TWO_32 + low
      const lower = Math.floor(rest / 1000)
      if (lower * 1000 !== rest) throw new SourceError('a timestamp has more digits than its type')
      const millis = lower + EPOCH_MILLIS
      const carry = Math.floor(millis / TWO_32)
      writer.writeLong(millis - carry * TWO_32, upper + carry)
    },
    [TIMESTAMP_OF_MILLIS],
  )
}
