/** What is to be done with each column, as it stands in the memory (STEP_BYTES of plain-forms.ts). */

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
