import type { JobEvent } from '@albackup/core'
import type { Terminal } from '../terminal/terminal.ts'
import { Progress, type ProgressState } from './progress.ts'
import { countOf, formatCount, formatSeconds } from './quantities.ts'
import type { Reporter } from './reporter.ts'

/** No terminal shows more than this, and none should have to. */
const LEAST_SECONDS_BETWEEN = 0.1

export class LiveReporter implements Reporter {
  private readonly terminal: Terminal
  private readonly now: () => number
  private readonly progress: Progress
  private readonly timer: NodeJS.Timeout
  private drawn = Number.NEGATIVE_INFINITY

  /** `now` in seconds. */
  constructor(terminal: Terminal, now: () => number) {
    this.terminal = terminal
    this.now = now
    this.progress = new Progress(now)
    // While a server thinks there are no events, and the numbers go on changing.
    this.timer = setInterval(() => this.draw(), 1000).unref()
  }

  readonly onEvent = (event: JobEvent): void => {
    this.progress.apply(event)
    if (this.now() - this.drawn >= LEAST_SECONDS_BETWEEN || event.type === 'stage') this.draw()
  };

  [Symbol.dispose](): void {
    clearInterval(this.timer)
    this.terminal.clearLive()
  }

  private draw(): void {
    this.drawn = this.now()
    this.terminal.showLive(liveLine(this.progress.state()))
  }
}

export function liveLine(state: ProgressState): string {
  const parts = [
    state.stage ?? 'connect',
    ...(state.tables > 0 ? [`${formatCount(state.tablesDone)}/${countOf(state.tables, 'table')}`] : []),
    ...state.current.slice(0, 1),
    ...(state.current.length > 1 ? [`and ${state.current.length - 1} more`] : []),
    ...(state.rows > 0 ? [countOf(state.rows, 'row'), `${formatCount(state.rowsPerSecond)} rows/s`] : []),
    ...(state.fraction === null ? [] : [`${Math.floor(state.fraction * 100)} %`]),
    ...(state.secondsLeft === null ? [] : [`about ${formatSeconds(state.secondsLeft)} left`]),
  ]
  return parts.join('  ')
}
