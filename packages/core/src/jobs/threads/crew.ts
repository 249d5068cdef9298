import type { Connection, Context, Dialect } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import type { EventListener } from '../events.ts'
import type { Hand } from '../share-out.ts'
import type { Member } from './member.ts'
import type { Duty, Work } from './messages.ts'
import { OwnMember } from './own-member.ts'
import { ThreadMember } from './thread-member.ts'

/** What the sessions of a crew are opened with. */
export interface ThreadPlace {
  /** Without a `module` there are no threads, and no crew. */
  readonly dialect: Dialect
  readonly connection: Connection
  readonly context: Context
}

/** Sessions for one job, one in this thread and each other in a thread of its own. Closed by `await using`, also after a failure. */
export class Crew implements AsyncDisposable {
  private readonly members: readonly Member[]
  private working: readonly Member[]

  /** Of `size` members, who begin to load their dialect whatever the caller does meanwhile; undefined when it would be one alone. */
  static start(
    work: Work,
    size: number,
    { dialect, connection, context }: ThreadPlace,
    onEvent: EventListener,
  ): Crew | undefined {
    const { module } = dialect
    if (size < 2 || module === undefined) return undefined
    const duty: Duty = { work, module, connection }
    const threads = Array.from({ length: size - 1 }, () => new ThreadMember(duty, context, onEvent))
    return new Crew([...threads, new OwnMember(dialect, duty, context, onEvent)])
  }

  private constructor(members: readonly Member[]) {
    this.members = members
    this.working = members
  }

  /** Only so many have work, or fewer: the other threads end now. Before `begin`. */
  limit(size: number): void {
    const surplus = Math.max(0, this.working.length - size)
    for (const member of this.working.slice(0, surplus)) void member.close()
    this.working = this.working.slice(surplus)
  }

  /** Opens the sessions, at the same time and soon: a source may stand still for it. `backup`: its path. */
  async begin(backup: string, ticket: Json): Promise<void> {
    await allOf(this.working.map((member) => member.begin(backup, ticket)))
  }

  /** Resolves when everyone has loaded the dialect. Throws the failure of one who cannot. */
  async ready(): Promise<void> {
    await allOf(this.working.map((member) => member.ready()))
  }

  /** One for each session. The task must be one of the duty's. */
  hands<Task, Result>(): readonly Hand<Task, Result>[] {
    return this.working.map((member) => (task) => member.do(task) as Promise<Result>)
  }

  /** Ends the tasks under way, which fail. */
  readonly stop = (): void => {
    for (const member of this.working) member.abort()
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
