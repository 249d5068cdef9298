import { type Finding, type RowCheck, WidthInspection } from '@albackup/core'

/** The longest entry of a B-tree on pages of 8 kB (nbtree.h, BTMaxItemSize). */
const LONGEST_ENTRY = 2704
const HEADER = 8
const ALIGNMENT = 8
/** The head of a value of variable length, when it is longer than 126 bytes. */
const LONG_VALUE_HEAD = 4

/**
 * Measures the entries of an index; `columns`: places in the planned table. Long values are compressed before they are put in,
 * which is not measured. `fate`: what becomes of the index when an entry does not fit.
 */
export function inspectWidth(
  kind: string,
  object: string,
  columns: readonly number[],
  fate: Pick<Finding, 'severity' | 'message'>,
): RowCheck {
  return new WidthInspection({
    longest: LONGEST_ENTRY,
    measure(row) {
      let length = HEADER
      for (const column of columns) {
        const size = row.lengthOf(column)
        if (size >= 0) length += size + LONG_VALUE_HEAD
      }
      return length
    },
    finding(count, widest) {
      const entries = count === 1 ? 'an entry is' : `${count} entries are`
      const aligned = Math.ceil(widest / ALIGNMENT) * ALIGNMENT
      const message = `${fate.message} unless PostgreSQL can compress them: ${entries} longer than ${LONGEST_ENTRY} bytes, up to ${aligned}`
      return { severity: fate.severity, kind, object, message }
    },
  })
}
