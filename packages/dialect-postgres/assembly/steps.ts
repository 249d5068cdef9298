/**
 * What is to be done with each column, in the memory: its form, how many fields NULL takes (int32 each), and two parameters (int64
 * each), little-endian.
 */
export const STEP_BYTES: usize = 24

/** The version byte that jsonb begins with (jsonb.c, "jsonb_recv"). */
export const JSONB_VERSION = 1

export function formOf(step: usize): i32 {
  return load<i32>(step)
}

/** 0: the column is never null. */
export function nullsOf(step: usize): i32 {
  return load<i32>(step, 4)
}

export function first(step: usize): i64 {
  return load<i64>(step, 8)
}

export function second(step: usize): i64 {
  return load<i64>(step, 16)
}
