import type { Input } from './input.ts'

/** The length of a part, in front of it. */
export const PART_HEADER = 4

/**
 * Joins the parts of a value ([MS-TDS] 2.2.5.2.3) where they stand, so that it is in one piece from
 * `begin + PART_HEADER` to the position returned. `begin` is where the first part's length stands.
 */
export function joinParts(input: Input, begin: number): number {
  let from = begin
  let to = begin + PART_HEADER
  for (;;) {
    const length = input.view.getUint32(from, true)
    from += PART_HEADER
    if (length === 0) return to
    if (from !== to) input.bytes.copyWithin(to, from, from + length)
    from += length
    to += length
  }
}
