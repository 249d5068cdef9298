import { type Column, readCell } from '@albackup/core'
import type { ValueEncoder } from './value-encoder.ts'

/** For a column that takes no values: those of the backup are read over. */
export function leftOutEncoder({ logical }: Column): ValueEncoder {
  return { bound: 0, encode: (from) => void readCell(from, logical) }
}
