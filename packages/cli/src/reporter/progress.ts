import type { JobEvent, Stage } from '@albackup/core'

/** Rows per second are those of the last ten seconds. */
const WINDOW_SECONDS = 10

/** How far a job is. Numbers of rows and bytes begin anew with each `expect`. */
export interface ProgressState {
  readonly stage: Stage | null
  /** The tables under way, in the order they began. */
  readonly current: readonly string[]
  readonly tablesDone: number
  readonly tables: number
  readonly rows: number
  readonly rowsPerSecond: number
  /** 0 to 1; null while nothing is known. */
  readonly fraction: number | null
  readonly secondsLeft: number | null
}

/** Adds up a job's events. */
export class Progress {
  private readonly now: () => number
  private stage: Stage | null = null
  private readonly underWay = new Map<string, number>()
  private tablesDone = 0
  private expected = { tables: 0, rows: 0, bytes: 0 }
  private rows = 0
  private bytes = 0
  private begun: number
  private samples: { readonly at: number; readonly rows: number }[]

  /** `now` in seconds. */
  constructor(now: () => number) {
    this.now = now
    this.begun = now()
    this.samples = [{ at: this.begun, rows: 0 }]
  }

  apply(event: JobEvent): void {
    switch (event.type) {
      case 'stage':
        this.stage = event.stage
        break
      case 'expect':
        this.expect(event)
        break
      case 'table-begin':
        this.underWay.set(event.table, 0)
        break
      case 'progress':
        this.add(event.table, event.rows, event.bytes)
        break
      case 'table-end':
        this.underWay.delete(event.table)
        this.tablesDone++
        break
    }
  }

  /** Of a table under way. */
  rowsOf(table: string): number {
    return this.underWay.get(table) ?? 0
  }

  state(): ProgressState {
    const fraction = this.fraction()
    const elapsed = this.now() - this.begun
    return {
      stage: this.stage,
      current: [...this.underWay.keys()],
      tablesDone: this.tablesDone,
      tables: this.expected.tables,
      rows: this.rows,
      rowsPerSecond: this.rowsPerSecond(),
      fraction,
      // Before two seconds and a hundredth of the work an estimate is a guess.
      secondsLeft: fraction === null || fraction < 0.01 || elapsed < 2 ? null : (elapsed * (1 - fraction)) / fraction,
    }
  }

  private expect(expected: { readonly tables: number; readonly rows: number; readonly bytes: number }): void {
    this.expected = expected
    this.underWay.clear()
    this.tablesDone = 0
    this.rows = 0
    this.bytes = 0
    this.begun = this.now()
    this.samples = [{ at: this.begun, rows: 0 }]
  }

  private add(table: string, rows: number, bytes: number): void {
    this.underWay.set(table, this.rowsOf(table) + rows)
    this.rows += rows
    this.bytes += bytes
    const at = this.now()
    // A sample each tenth of a second is enough, however many blocks there are.
    if (at - this.samples.at(-1)!.at >= 0.1) this.samples.push({ at, rows: this.rows })
    while (this.samples.length > 1 && at - this.samples[1]!.at >= WINDOW_SECONDS) this.samples.shift()
  }

  private rowsPerSecond(): number {
    const first = this.samples[0]!
    const seconds = this.now() - first.at
    return seconds < 0.1 ? 0 : (this.rows - first.rows) / seconds
  }

  /** Statistics of a server are off in both; rows mislead where few are huge, bytes where it stores them otherwise. */
  private fraction(): number | null {
    const parts = [
      [this.rows, this.expected.rows],
      [this.bytes, this.expected.bytes],
    ].flatMap(([done, all]) => (all! > 0 ? [Math.min(done! / all!, 1)] : []))
    if (parts.length === 0) return null
    return parts.reduce((sum, part) => sum + part, 0) / parts.length
  }
}
