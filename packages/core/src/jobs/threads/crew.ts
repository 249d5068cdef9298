import { Worker } from 'node:worker_threads'
import type { Connection, Context } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { EventListener } from '../events.ts'
import type { Hand } from '../share-out.ts'
import type { Duty, FromThread, ToThread } from './messages.ts'
import { receiveError } from './sent-error.ts'

/** What threads need to open sessions of their own. */
export interface ThreadPlace {
  /** See `Dialect.module`. */
  readonly module: string
  readonly connection: Connection
  readonly context: Context
}

/** How long a thread may take to close its connection. */
const CLOSE_MS = 10_000

/** Threads with a session each for one job. Closed by `await using`, also after a failure. */
export class Crew implements AsyncDisposable {
  private readonly members: readonly Member[]

  /** Resolves when every thread has loaded its dialect; when one cannot, none is left and its failure is thrown. */
  static async load(duty: Duty, size: number, context: Context, onEvent: EventListener): Promise<Crew> {
    const crew = new Crew(Array.from({ length: size }, () => new Member(duty, context, onEvent)))
    try {
      await allOf(crew.members.map((member) => member.ready()))
      return crew
    } catch (error) {
      await crew[Symbol.asyncDispose]()
      throw error
    }
  }

  private constructor(members: readonly Member[]) {
    this.members = members
  }

  /** Opens the sessions, at the same time and soon: a source may stand still for it. */
  async begin(ticket: Json): Promise<void> {
    await allOf(this.members.map((member) => member.begin(ticket)))
  }

  /** One for each thread. The task must be one of the duty's. */
  hands<Task, Result>(): readonly Hand<Task, Result>[] {
    return this.members.map((member) => (task) => member.do(task) as Promise<Result>)
  }

  /** Ends the tasks under way, which fail. */
  readonly stop = (): void => {
    for (const member of this.members) member.abort()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()))
  }
}

/** Waits for all, and throws the first failure. */
async function allOf(waiting: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(waiting)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** One thread, seen from outside. */
class Member {
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

  begin(ticket: Json): Promise<unknown> {
    return this.ask({ type: 'begin', ticket })
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
