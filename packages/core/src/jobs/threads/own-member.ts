import type { Context, Dialect } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { EventListener } from '../events.ts'
import type { Member } from './member.ts'
import type { Duty } from './messages.ts'
import { closeWorker, openWorker, prepareWorker, type Worker } from './worker.ts'

/** A session in this thread, which would else stand idle beside the others. */
export class OwnMember implements Member {
  private readonly dialect: Dialect
  private readonly duty: Duty
  /** Of the whole job; a stop ends only what the members do. */
  private readonly signal: AbortSignal
  private readonly stopper = new AbortController()
  private readonly context: Context
  private readonly onEvent: EventListener
  private readonly prepared: Promise<void>
  private worker: Promise<Worker> | undefined

  constructor(dialect: Dialect, duty: Duty, context: Context, onEvent: EventListener) {
    this.dialect = dialect
    this.duty = duty
    this.signal = context.signal
    this.context = { ...context, signal: this.stopper.signal }
    this.onEvent = onEvent
    this.prepared = prepareWorker(dialect, duty)
    // Whoever waits for `ready` sees the failure; until then it must not count as unhandled.
    this.prepared.catch(() => {})
    this.signal.addEventListener('abort', this.abort, { once: true })
    if (this.signal.aborted) this.abort()
  }

  ready(): Promise<unknown> {
    return this.prepared
  }

  begin(backup: string, ticket: Json): Promise<unknown> {
    const { dialect, duty, context, onEvent } = this
    this.worker = openWorker({ dialect, duty, backup, ticket, context, onEvent })
    return this.worker
  }

  async do(task: unknown): Promise<unknown> {
    return (await this.worker!).do(task)
  }

  readonly abort = (): void => this.stopper.abort()

  close(): Promise<void> {
    this.signal.removeEventListener('abort', this.abort)
    return closeWorker(this.worker, this.context)
  }
}
