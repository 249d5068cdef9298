import type { Finding } from '../dialect/dialect.ts'
import type { InspectedRow, RowCheck } from './inspected-row.ts'

/** What is too wide, and what becomes of it. */
export interface WidthLimit {
  readonly longest: number
  /** In bytes, as the target counts them. */
  measure(row: InspectedRow): number
  /** `widest`: of those that are too wide. */
  finding(count: number, widest: number): Finding
}

/** Measures each row, or the entry of each row in an index. */
export class WidthInspection implements RowCheck {
  private readonly limit: WidthLimit
  private wide = 0
  private widest = 0

  constructor(limit: WidthLimit) {
    this.limit = limit
  }

  take(row: InspectedRow): void {
    const length = this.limit.measure(row)
    if (length <= this.limit.longest) return
    this.wide++
    this.widest = Math.max(this.widest, length)
  }

  findings(): readonly Finding[] {
    return this.wide === 0 ? [] : [this.limit.finding(this.wide, this.widest)]
  }
}
