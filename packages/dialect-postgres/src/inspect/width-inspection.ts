import type { Finding } from '@albackup/core'
import type { EncodedRow } from './encoded-row.ts'

/** The longest entry of a B-tree on pages of 8 kB (nbtree.h, BTMaxItemSize). */
const LONGEST_ENTRY = 2704
const HEADER = 8
const ALIGNMENT = 8
/** The head of a value of variable length, when it is longer than 126 bytes. */
const LONG_VALUE_HEAD = 4

/** Measures the entries of an index. Long values are compressed before they are put in, which is not measured. */
export class WidthInspection {
  private readonly kind: string
  private readonly object: string
  private readonly columns: readonly number[]
  private readonly fate: Pick<Finding, 'severity' | 'message'>
  private wide = 0
  private widest = 0

  /** `columns`: places in the planned table. `fate`: what becomes of the index when an entry does not fit. */
  constructor(kind: string, object: string, columns: readonly number[], fate: Pick<Finding, 'severity' | 'message'>) {
    this.kind = kind
    this.object = object
    this.columns = columns
    this.fate = fate
  }

  take(row: EncodedRow): void {
    let length = HEADER
    for (const column of this.columns) {
      const size = row.lengthOf(column)
      if (size >= 0) length += size + LONG_VALUE_HEAD
    }
    if (length <= LONGEST_ENTRY) return
    this.wide++
    this.widest = Math.max(this.widest, Math.ceil(length / ALIGNMENT) * ALIGNMENT)
  }

  findings(): readonly Finding[] {
    if (this.wide === 0) return []
    const { kind, object, fate } = this
    const entries = this.wide === 1 ? 'an entry is' : `${this.wide} entries are`
    const message = `${fate.message} unless PostgreSQL can compress them: ${entries} longer than ${LONGEST_ENTRY} bytes, up to ${this.widest}`
    return [{ severity: fate.severity, kind, object, message }]
  }
}
