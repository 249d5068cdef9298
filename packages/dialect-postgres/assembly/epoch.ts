/** PostgreSQL counts from 2000-01-01, Avro from 1970-01-01. */
export const EPOCH_DAYS = 10957
export const EPOCH_MILLIS: i64 = 10957 * 86400000
export const EPOCH_MICROS: i64 = EPOCH_MILLIS * 1000

/** The stored numbers below, -infinity excepted, are late times (core's late-times.ts). */
export const LATE_END: i64 = (-0x80000000 + 0x40000) << 32

/** The greatest and the least integer of their length stand for infinity, on the wire (timestamp.h, date.h) as in Avro. */
export function isInfinite(time: i64): bool {
  return time === i64.MAX_VALUE || time === i64.MIN_VALUE
}

export function isInfiniteDay(days: i32): bool {
  return days === i32.MAX_VALUE || days === i32.MIN_VALUE
}
