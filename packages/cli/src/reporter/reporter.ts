import type { EventListener } from '@albackup/core'
import type { Terminal } from '../terminal/terminal.ts'
import { LiveReporter } from './live-reporter.ts'
import { PlainReporter } from './plain-reporter.ts'

/** Shows the user how a job goes. */
export interface Reporter extends Disposable {
  readonly onEvent: EventListener
}

/** One live line on a terminal; elsewhere (a log, a pipe) plain lines. */
export function openReporter(terminal: Terminal): Reporter {
  return terminal.isLive ? new LiveReporter(terminal, seconds) : new PlainReporter(terminal, seconds, () => new Date())
}

function seconds(): number {
  return performance.now() / 1000
}
