import { createInterface, type Interface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { InterruptedError } from '@albackup/core'
import type { OutputStream } from '../terminal/terminal.ts'

/** Asks for passwords: hidden on a terminal, and line by line from anything else, so that a script can answer. */
export class PasswordPrompt implements Disposable {
  private readonly input: Interface
  private readonly output: OutputStream
  private readonly answers: NodeJS.AsyncIterator<string>
  private interrupted = false

  /** `hidden`: the input is a terminal, which is not to show what is typed. */
  constructor(input: Readable, output: OutputStream, hidden: boolean) {
    this.output = output
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    this.input = createInterface({ input, terminal: hidden, historySize: 0, ...(hidden ? { output: nowhere } : {}) })
    this.answers = this.input[Symbol.asyncIterator]()
    this.input.on('SIGINT', () => {
      this.interrupted = true
      this.input.close()
    })
  }

  /** undefined when the input has ended. Throws an InterruptedError on Ctrl-C. */
  async ask(question: string): Promise<string | undefined> {
    this.output.write(question)
    const answer = await this.answers.next()
    // What was typed is not shown, and neither is its line break.
    this.output.write('\n')
    if (this.interrupted) throw new InterruptedError('cannot change the password: it was interrupted')
    return answer.done === true ? undefined : answer.value
  }

  [Symbol.dispose](): void {
    this.input.close()
  }
}
