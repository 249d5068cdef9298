import { format } from 'node:util'

/**
 * While it lives, `hear` gets what libraries print with console.log and the like: stdout belongs to the result.
 * What they print with console.error goes to stderr as ever.
 */
export class DivertedConsole implements Disposable {
  private readonly before: Partial<Console>

  constructor(hear: (line: string) => void) {
    const { log, info, debug } = globalThis.console
    this.before = { log, info, debug }
    const divert = (...parts: readonly unknown[]) => hear(format(...parts))
    Object.assign(globalThis.console, { log: divert, info: divert, debug: divert })
  }

  [Symbol.dispose](): void {
    Object.assign(globalThis.console, this.before)
  }
}
