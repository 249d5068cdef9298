import { parentPort, workerData } from 'node:worker_threads'
import type { Context, Dialect } from '../../dialect/dialect.ts'
import type { EventListener } from '../events.ts'
import type { Duty, FromThread, ToThread } from './messages.ts'
import { sendError } from './sent-error.ts'
import { closeWorker, openWorker, prepareWorker, type Worker } from './worker.ts'

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

async function loadDialect(duty: Duty): Promise<Dialect> {
  const { dialect } = (await import(duty.module)) as { readonly dialect: Dialect }
  await prepareWorker(dialect, duty)
  return dialect
}

const duty = workerData as Duty
const loaded = loadDialect(duty)
let worker: Promise<Worker> | undefined

port.on('message', async (message: ToThread) => {
  try {
    switch (message.type) {
      case 'abort':
        return controller.abort()
      case 'begin': {
        const { backup, ticket } = message
        worker = loaded.then((dialect) => openWorker({ dialect, duty, backup, ticket, context, onEvent }))
        await worker
        return send({ type: 'done', result: undefined })
      }
      case 'task':
        return send({ type: 'done', result: await (await worker!).do(message.task) })
      case 'close':
        await closeWorker(worker, context)
        port.close()
    }
  } catch (error) {
    send({ type: 'failed', error: sendError(error) })
  }
})

loaded.then(
  () => send({ type: 'ready' }),
  (error: unknown) => send({ type: 'failed', error: sendError(error) }),
)
