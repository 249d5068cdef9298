import type { JobEvent } from '@albackup/core'
import type { Terminal } from '../terminal/terminal.ts'
import { Progress } from './progress.ts'
import { countOf, formatBytes, formatCount, formatMoment, formatSeconds } from './quantities.ts'
import type { Reporter } from './reporter.ts'

/** Between two lines about a table that is still under way. */
const SECONDS_BETWEEN = 60

/** A line for each stage and each finished table, and one a minute for those that take long. */
export class PlainReporter implements Reporter {
  private readonly terminal: Terminal
  private readonly now: () => number
  private readonly date: () => Date
  private readonly progress: Progress
  private readonly told = new Map<string, number>()

  /** `now` in seconds, for durations; `date` for the head of each line. */
  constructor(terminal: Terminal, now: () => number, date: () => Date) {
    this.terminal = terminal
    this.now = now
    this.date = date
    this.progress = new Progress(now)
  }

  readonly onEvent = (event: JobEvent): void => {
    this.progress.apply(event)
    const line = this.lineFor(event)
    if (line !== undefined) this.terminal.tell(`${formatMoment(this.date())} ${line}`)
  };

  [Symbol.dispose](): void {
    this.told.clear()
  }

  private lineFor(event: JobEvent): string | undefined {
    switch (event.type) {
      case 'stage':
        return event.stage
      case 'expect':
        return `${countOf(event.tables, 'table')}, about ${countOf(event.rows, 'row')}, ${formatBytes(event.bytes)}`
      case 'table-begin':
        this.told.set(event.table, this.now())
        return undefined
      case 'progress':
        return this.isDue(event.table) ? this.longTable(event.table) : undefined
      case 'table-end':
        this.told.delete(event.table)
        return `${event.table}: ${countOf(event.rows, 'row')}, ${formatBytes(event.bytes)}, ${formatSeconds(event.seconds)}`
    }
  }

  private isDue(table: string): boolean {
    const now = this.now()
    if (now - (this.told.get(table) ?? now) < SECONDS_BETWEEN) return false
    this.told.set(table, now)
    return true
  }

  private longTable(table: string): string {
    const { rowsPerSecond, fraction, secondsLeft } = this.progress.state()
    const parts = [
      `${table}: ${countOf(this.progress.rowsOf(table), 'row')} so far`,
      `${formatCount(rowsPerSecond)} rows/s in all`,
      ...(fraction === null ? [] : [`${Math.floor(fraction * 100)} %`]),
      ...(secondsLeft === null ? [] : [`about ${formatSeconds(secondsLeft)} left`]),
    ]
    return parts.join(', ')
  }
}
