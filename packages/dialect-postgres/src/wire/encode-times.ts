import { type AvroReader, LATE_HIGH, LATE_STEP } from '@albackup/core'
import type { CopyWriter } from './copy-writer.ts'
import type { ColumnLosses, Encode, Encoder } from './encoder.ts'
import {
  EPOCH_DAYS,
  EPOCH_MICROS_HIGH,
  EPOCH_MICROS_LOW,
  EPOCH_MILLIS_HIGH,
  EPOCH_MILLIS_LOW,
  INFINITE_DAYS,
  isInfinite,
  TWO_32,
} from './epoch.ts'
import type { PlainForm } from './plain-columns.ts'
import {
  DATE,
  OFFSET_BESIDE,
  OFFSET_DROPPED,
  TIME_OF_MICROS,
  TIME_OF_TICKS,
  TIMESTAMP_OF_MICROS,
  TIMESTAMP_OF_MILLIS,
  TIMESTAMP_OF_TICKS,
  WITHOUT_OFFSET,
} from './plain-forms.ts'

/** Of the late times, those that PostgreSQL can count from 2000 on; the server knows the last of them. */
const LAST_LATE_HIGH = -0x80000000 + EPOCH_MICROS_HIGH

const BEYOND = 'its year is beyond 294276 AD or 4714 BC'

/** date: days. */
export function dateEncoder(): Encoder {
  return {
    fields: 1,
    bound: 8,
    plain: [DATE],
    encode(from, to) {
      const days = from.readInt()
      const infinite = days === INFINITE_DAYS.positive || days === INFINITE_DAYS.negative
      to.writeInt32(infinite ? days : days - EPOCH_DAYS)
    },
  }
}

/** time: microseconds since midnight. */
export function timeEncoder(precision: number, losses: ColumnLosses): Encoder {
  return precision > 6
    ? { fields: 1, bound: 12, plain: [TIME_OF_TICKS], encode: timeOfTicks(losses) }
    : { fields: 1, bound: 12, plain: [TIME_OF_MICROS], encode: timeOfMicros }
}

/** timestamp and timestamptz: microseconds. */
export function timestampEncoder(precision: number, losses: ColumnLosses): Encoder {
  const plain = plainTimestamp(precision, WITHOUT_OFFSET)
  return { fields: 1, bound: 12, plain, encode: timestampEncode(precision, losses) }
}

/** timestamptz, and the offset in minutes as int2 beside it. */
export function timestampWithOffsetEncoder(precision: number, losses: ColumnLosses): Encoder {
  const encodeTimestamp = timestampEncode(precision, losses)
  return {
    fields: 2,
    bound: 18,
    plain: plainTimestamp(precision, OFFSET_BESIDE),
    encode(from, to) {
      encodeTimestamp(from, to)
      to.writeInt16(from.readInt())
    },
  }
}

/** timestamptz alone: the offset is given up, and counted where it was not zero. */
export function timestampWithoutOffsetEncoder(precision: number, losses: ColumnLosses): Encoder {
  const encodeTimestamp = timestampEncode(precision, losses)
  return {
    fields: 1,
    bound: 12,
    plain: plainTimestamp(precision, OFFSET_DROPPED),
    encode(from, to) {
      const begin = from.offset
      encodeTimestamp(from, to)
      if (from.readInt() !== 0) losses.count('offset', from, begin)
    },
  }
}

function plainTimestamp(precision: number, offset: number): PlainForm {
  const form = precision > 6 ? TIMESTAMP_OF_TICKS : precision > 3 ? TIMESTAMP_OF_MICROS : TIMESTAMP_OF_MILLIS
  return [form, BigInt(offset)]
}

function timestampEncode(precision: number, losses: ColumnLosses): Encode {
  if (precision > 6) return timestampOfTicks(losses)
  return precision > 3 ? timestampOfMicros(losses) : timestampOfMillis(losses)
}

function timeOfMicros(from: AvroReader, to: CopyWriter): void {
  from.readLong()
  to.writeInt64(from.high, from.low)
}

function timeOfTicks(losses: ColumnLosses): Encode {
  return (from, to) => {
    const begin = from.offset
    from.readLong()
    const ticks = from.high * TWO_32 + (from.low >>> 0)
    const micros = Math.floor(ticks / 10)
    if (micros * 10 !== ticks) losses.count('seventh-digit', from, begin)
    const high = Math.floor(micros / TWO_32)
    to.writeInt64(high, micros - high * TWO_32)
  }
}

function timestampOfTicks(losses: ColumnLosses): Encode {
  return (from, to) => {
    const begin = from.offset
    from.readLong()
    // 64 bits divided by 10 in halves, rounded towards the past: the digits that stay are those of the source.
    const high = Math.floor(from.high / 10)
    const rest = (from.high - high * 10) * TWO_32 + (from.low >>> 0)
    const low = Math.floor(rest / 10)
    if (low * 10 !== rest) losses.count('seventh-digit', from, begin)
    writeSinceEpoch(to, high, low)
  }
}

function timestampOfMicros(losses: ColumnLosses): Encode {
  return (from, to) => {
    from.readLong()
    if (isInfinite(from.high, from.low >>> 0)) {
      to.writeInt64(from.high, from.low)
      return
    }
    if (from.high >= LATE_HIGH) writeSinceEpoch(to, from.high, from.low >>> 0)
    // The difference passes -2^63 and comes out as the positive number that it stands for.
    else if (from.high < LAST_LATE_HIGH) writeSinceEpoch(to, from.high, (from.low >>> 0) - LATE_STEP)
    else throw losses.refuse(BEYOND)
  }
}

function timestampOfMillis(losses: ColumnLosses): Encode {
  return (from, to) => {
    from.readLong()
    if (isInfinite(from.high, from.low >>> 0)) {
      to.writeInt64(from.high, from.low)
      return
    }
    // In halves, since they may pass 2^53.
    const difference = (from.low >>> 0) - EPOCH_MILLIS_LOW
    const borrow = difference < 0 ? 1 : 0
    const lower = (difference + borrow * TWO_32) * 1000
    const carry = Math.floor(lower / TWO_32)
    const upper = (from.high - EPOCH_MILLIS_HIGH - borrow) * 1000 + carry
    if (upper > 0x7fffffff || upper < -0x80000000) throw losses.refuse(BEYOND)
    to.writeInt64(upper, lower - carry * TWO_32)
  }
}

/** Microseconds since 1970 in halves; `low` unsigned. */
function writeSinceEpoch(to: CopyWriter, high: number, low: number): void {
  const lower = low - EPOCH_MICROS_LOW
  if (lower < 0) to.writeInt64(high - EPOCH_MICROS_HIGH - 1, lower + TWO_32)
  else to.writeInt64(high - EPOCH_MICROS_HIGH, lower)
}
