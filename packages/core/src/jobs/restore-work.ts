import type { Backup } from '../backup/backup.ts'
import type { Context, Target } from '../dialect/dialect.ts'
import type { EventListener } from './events.ts'
import { doRestoreTask, type RestoreTask } from './restore-task.ts'
import type { Hand } from './share-out.ts'
import { Crew, type ThreadPlace } from './threads/crew.ts'

/** Hands of this thread or of others, for everything that can be done beside one another. */
export interface RestoreWork extends AsyncDisposable {
  readonly hands: readonly Hand<RestoreTask, unknown>[]
  stop(): void
}

export interface RestoreWorkRequest {
  readonly backup: Backup
  readonly target: Target
  /** How many there are to work on. */
  readonly tables: number
  /** How many threads may work at once; default 1, which is this one. More need `threads`. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
  readonly context: Context
  readonly onEvent: EventListener
}

export async function openRestoreWork({
  backup,
  target,
  tables,
  context,
  onEvent,
  threads,
  jobs = 1,
}: RestoreWorkRequest): Promise<RestoreWork> {
  const crew = threads && Crew.start({ kind: 'restore' }, Math.min(jobs, tables), threads, onEvent)
  if (crew !== undefined) {
    try {
      await crew.ready()
      await crew.begin(backup.path, null)
    } catch (error) {
      await crew[Symbol.asyncDispose]()
      throw error
    }
    return { hands: crew.hands(), stop: crew.stop, [Symbol.asyncDispose]: () => crew[Symbol.asyncDispose]() }
  }
  const own = (task: RestoreTask) => doRestoreTask(task, { backup, target, context, onEvent })
  return { hands: [own], stop: () => {}, [Symbol.asyncDispose]: async () => {} }
}
