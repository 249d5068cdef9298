import { openBackup } from '../../backup/open-backup.ts'
import type { Context, Dialect } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import { LocalFolder } from '../../storage/local-folder.ts'
import { type Codec, openCodec } from '../../table-file/codec.ts'
import { dumpPart, type TablePart } from '../dump-part.ts'
import type { EventListener } from '../events.ts'
import { doRestoreTask, type RestoreTask } from '../restore-task.ts'
import type { Duty } from './messages.ts'

/** A session, and what it does: one task at a time. */
export interface Worker extends AsyncDisposable {
  do(task: unknown): Promise<unknown>
}

export interface WorkerRequest {
  readonly dialect: Dialect
  readonly duty: Duty
  /** The path of the backup. */
  readonly backup: string
  /** Of `Source.share`; null for a restore. */
  readonly ticket: Json
  readonly context: Context
  readonly onEvent: EventListener
}

/** In whichever thread. */
export function openWorker(request: WorkerRequest): Promise<Worker> {
  const { work } = request.duty
  return work.kind === 'dump' ? openDumpWorker(request, work.codec) : openRestoreWorker(request)
}

/** What a worker needs is loaded before it is opened: a server may stand still for the opening. */
export async function prepareWorker(dialect: Dialect, { work }: Duty): Promise<void> {
  await dialect.prepare?.(work.kind === 'dump' ? 'reader' : 'target')
}

/** A session that was never opened has told its failure already. One that cannot be closed has done its work: a warning. */
export async function closeWorker(worker: Promise<Worker> | undefined, { warn }: Context): Promise<void> {
  try {
    const opened = await worker?.catch(() => undefined)
    await opened?.[Symbol.asyncDispose]()
  } catch (error) {
    warn(`cannot close a connection: ${error instanceof Error ? error.message : error}`)
  }
}

async function openDumpWorker(
  { dialect, duty, backup, ticket, context, onEvent }: WorkerRequest,
  codec: Codec,
): Promise<Worker> {
  const compressor = await openCodec(codec)
  const storage = new LocalFolder(backup)
  const reader = await dialect.openReader!(duty.connection, ticket, context)
  return {
    do: (task) => dumpPart(task as TablePart, { reader, storage, codec, compressor, context, onEvent }),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  }
}

async function openRestoreWorker(request: WorkerRequest): Promise<Worker> {
  const { dialect, duty, context, onEvent } = request
  const backup = await openBackup(request.backup)
  const target = await dialect.openTarget!(duty.connection, context)
  return {
    do: (task) => doRestoreTask(task as RestoreTask, { backup, target, context, onEvent }),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}
