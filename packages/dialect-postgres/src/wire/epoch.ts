export const TWO_32 = 4294967296

/** PostgreSQL counts from 2000-01-01, Avro from 1970-01-01. */
export const EPOCH_DAYS = 10957
export const EPOCH_MILLIS = EPOCH_DAYS * 86_400_000
export const EPOCH_MILLIS_HIGH = Math.floor(EPOCH_MILLIS / TWO_32)
export const EPOCH_MILLIS_LOW = EPOCH_MILLIS % TWO_32
export const EPOCH_MICROS_HIGH = Math.floor((EPOCH_MILLIS * 1000) / TWO_32)
export const EPOCH_MICROS_LOW = (EPOCH_MILLIS * 1000) % TWO_32

/**
 * `infinity` and `-infinity` are the greatest and the least integer of their length, on the wire (timestamp.h, date.h) as
 * in Avro.
 */
export const INFINITE_DAYS = { positive: 0x7fffffff, negative: -0x80000000 } as const

/** Of 64 bits, in halves: `high` signed, `low` unsigned. */
export function isInfinite(high: number, low: number): boolean {
  return (high === 0x7fffffff && low === 0xffffffff) || (high === -0x80000000 && low === 0)
}
