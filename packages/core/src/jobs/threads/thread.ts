import { parentPort, workerData } from 'node:worker_threads'
import { openBackup } from '../../backup/open-backup.ts'
import type { Context, Dialect } from '../../dialect/dialect.ts'
import { LocalFolder } from '../../storage/local-folder.ts'
import { openCodec } from '../../table-file/codec.ts'
import { dumpPart, type TablePart } from '../dump-part.ts'
import type { EventListener } from '../events.ts'
import { doRestoreTask, type RestoreTask } from '../restore-task.ts'
import type { DumpDuty, Duty, FromThread, RestoreDuty, ToThread } from './messages.ts'
import { sendError } from './sent-error.ts'

/** The module of a thread: opens the session of its duty, does one task after another, closes. */

const port = parentPort!
const controller = new AbortController()
const send = (message: FromThread) => port.postMessage(message)
const onEvent: EventListener = (event) => send({ type: 'event', event })
const context: Context = {
  signal: controller.signal,
  warn: (message) => send({ type: 'warn', message }),
  debug: (message) => send({ type: 'debug', message }),
}

/** A session, and what it does. */
interface Worker extends AsyncDisposable {
  do(task: unknown): Promise<unknown>
}

async function openWorker(duty: Duty): Promise<Worker> {
  const { dialect } = (await import(duty.module)) as { readonly dialect: Dialect }
  return duty.kind === 'dump' ? openDumpWorker(dialect, duty) : openRestoreWorker(dialect, duty)
}

async function openDumpWorker(dialect: Dialect, duty: DumpDuty): Promise<Worker> {
  const { codec } = duty
  const compressor = await openCodec(codec)
  const storage = new LocalFolder(duty.folder)
  const reader = await dialect.openReader!(duty.connection, duty.ticket, context)
  return {
    do: (task) => dumpPart(task as TablePart, { reader, storage, codec, compressor, context, onEvent }),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  }
}

async function openRestoreWorker(dialect: Dialect, duty: RestoreDuty): Promise<Worker> {
  const backup = await openBackup(duty.backup)
  const target = await dialect.openTarget!(duty.connection, context)
  return {
    do: (task) => doRestoreTask(task as RestoreTask, { backup, target, context, onEvent }),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}

const worker = openWorker(workerData as Duty)

port.on('message', async (message: ToThread) => {
  if (message.type === 'abort') return controller.abort()
  try {
    if (message.type === 'task') return send({ type: 'done', result: await (await worker).do(message.task) })
    await (await worker)[Symbol.asyncDispose]()
    port.close()
  } catch (error) {
    send({ type: 'failed', error: sendError(error) })
    if (message.type === 'close') port.close()
  }
})

worker.then(
  () => send({ type: 'ready' }),
  (error: unknown) => send({ type: 'failed', error: sendError(error) }),
)
