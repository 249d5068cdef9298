import { type Column, skipValue } from '@albackup/core'
import type { ValueEncoder } from './value-encoder.ts'

/** For a column that takes no values: those of the backup are read over. */
export function leftOutEncoder(source: Column): ValueEncoder {
  // Whether a value is there has been read already.
  const skip = skipValue({ ...source, nullable: false })
  return { bound: 0, encode: skip }
}
