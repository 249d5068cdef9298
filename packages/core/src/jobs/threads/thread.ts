import { parentPort, workerData } from 'node:worker_threads'
import { openBackup } from '../../backup/open-backup.ts'
import type { Context, Dialect } from '../../dialect/dialect.ts'
import type { Json } from '../../model/schema-model.ts'
import { LocalFolder } from '../../storage/local-folder.ts'
import { openCodec } from '../../table-file/codec.ts'
import { dumpPart, type TablePart } from '../dump-part.ts'
import type { EventListener } from '../events.ts'
import { doRestoreTask, type RestoreTask } from '../restore-task.ts'
import type { DumpDuty, Duty, FromThread, RestoreDuty, ToThread } from './messages.ts'
import { sendError } from './sent-error.ts'

/** The module of a thread: loads the dialect of its duty, opens a session, does one task after another, closes. */

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

async function loadDialect(module: string): Promise<Dialect> {
  return ((await import(module)) as { readonly dialect: Dialect }).dialect
}

async function openWorker(ticket: Json): Promise<Worker> {
  return duty.kind === 'dump' ? openDumpWorker(await loaded, duty, ticket) : openRestoreWorker(await loaded, duty)
}

async function openDumpWorker(dialect: Dialect, duty: DumpDuty, ticket: Json): Promise<Worker> {
  const { codec } = duty
  const compressor = await openCodec(codec)
  const storage = new LocalFolder(duty.folder)
  const reader = await dialect.openReader!(duty.connection, ticket, context)
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

const duty = workerData as Duty
const loaded = loadDialect(duty.module)
let worker: Promise<Worker> | undefined

port.on('message', async (message: ToThread) => {
  try {
    switch (message.type) {
      case 'abort':
        return controller.abort()
      case 'begin':
        worker = openWorker(message.ticket)
        await worker
        return send({ type: 'done', result: undefined })
      case 'task':
        return send({ type: 'done', result: await (await worker!).do(message.task) })
      case 'close':
        await close()
    }
  } catch (error) {
    send({ type: 'failed', error: sendError(error) })
  }
})

/** A session that was never opened has told its failure already. One that cannot be closed has done its work: a warning. */
async function close(): Promise<void> {
  try {
    const opened = await worker?.catch(() => undefined)
    await opened?.[Symbol.asyncDispose]()
  } catch (error) {
    context.warn(`cannot close a connection: ${error instanceof Error ? error.message : error}`)
  } finally {
    port.close()
  }
}

loaded.then(
  () => send({ type: 'ready' }),
  (error: unknown) => send({ type: 'failed', error: sendError(error) }),
)
