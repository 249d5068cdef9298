import { Worker } from 'node:worker_threads'
import type { Context } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { EventListener } from '../events.ts'
import type { Member } from './member.ts'
import type { Duty, FromThread, ToThread } from './messages.ts'
import { receiveError } from './sent-error.ts'

/** How long a thread may take to close its connection. */
const CLOSE_MS = 10_000

interface Waiting {
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** One thread, seen from outside. */
export class ThreadMember implements Member {
  private readonly worker: Worker
  private readonly signal: AbortSignal
  private readonly exited: Promise<void>
  private readonly loaded: Promise<unknown>
  private waiting: Waiting | undefined
  /** Why the thread is gone. */
  private gone: Error | undefined

  constructor(duty: Duty, { signal, warn, debug }: Context, onEvent: EventListener) {
    this.signal = signal
    // What a library prints in a thread must not get into the result on stdout.
    this.worker = new Worker(threadModule(), { workerData: duty, stdout: true })
    this.worker.stdout.setEncoding('utf8').on('data', (text: string) => debug(text.trimEnd()))
    this.loaded = this.answer()
    // Whoever waits for `ready` sees the failure; until then it must not count as unhandled.
    this.loaded.catch(() => {})
    this.worker.on('message', (message: FromThread) => {
      if (message.type === 'event') onEvent(message.event)
      else if (message.type === 'warn') warn(message.message)
      else if (message.type === 'debug') debug(message.message)
      else if (message.type === 'failed') this.settle()?.reject(receiveError(message.error))
      else this.settle()?.resolve(message.type === 'done' ? message.result : undefined)
    })
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))))
    this.exited = new Promise((resolve) => {
      this.worker.on('exit', (code) => {
        this.fail(new Error(`a thread ended with status ${code}`))
        resolve()
      })
    })
    signal.addEventListener('abort', this.abort, { once: true })
    if (signal.aborted) this.abort()
  }

  ready(): Promise<unknown> {
    return this.loaded
  }

  begin(backup: string, ticket: Json): Promise<unknown> {
    return this.ask({ type: 'begin', backup, ticket })
  }

  do(task: unknown): Promise<unknown> {
    return this.ask({ type: 'task', task })
  }

  readonly abort = (): void => this.send({ type: 'abort' })

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.abort)
    this.send({ type: 'close' })
    const timeout = setTimeout(() => void this.worker.terminate(), CLOSE_MS)
    await this.exited
    clearTimeout(timeout)
  }

  private ask(message: ToThread): Promise<unknown> {
    const result = this.answer()
    if (this.gone !== undefined) this.settle()?.reject(this.gone)
    else this.send(message)
    return result
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
    })
  }

  private settle(): Waiting | undefined {
    const { waiting } = this
    this.waiting = undefined
    return waiting
  }

  private fail(error: Error): void {
    this.gone ??= error
    this.settle()?.reject(this.gone)
  }

  private send(message: ToThread): void {
    this.worker.postMessage(message)
  }
}

/** Beside this module, in the form this module is in. */
function threadModule(): URL {
  return new URL(`./thread${/\.\w+$/.exec(import.meta.url)![0]}`, import.meta.url)
}
