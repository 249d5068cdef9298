import { InterruptedError } from '@albackup/core'
import type { Terminal } from '../terminal/terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** While it lives, the first Ctrl-C stops the job in order and the second one ends the process at once. */
export class Interruption implements Disposable {
  private readonly controller = new AbortController()
  private readonly terminal: Terminal

  constructor(terminal: Terminal) {
    this.terminal = terminal
    for (const signal of SIGNALS) process.on(signal, this.interrupt)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.interrupt)
  }

  private readonly interrupt = (): void => {
    if (this.signal.aborted) process.exit(new InterruptedError('').exitStatus)
    this.terminal.tell('stopping; press Ctrl-C again to end at once')
    this.controller.abort(new InterruptedError('interrupted'))
  }
}
