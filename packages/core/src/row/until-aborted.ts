import { setImmediate } from 'node:timers/promises'
import { InterruptedError } from '../errors.ts'

/**
 * The items until the signal is aborted; then throws an InterruptedError at once, however late the next item is. It listens
 * anew for each item: a listener that outlived them would keep every item alive.
 */
export async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await nextOrAbort(iterator, signal)
      if (next.done === true) return
      yield next.value
      // Where items come and go without a wait, nothing else would ever run, and nobody could abort.
      await setImmediate()
    }
  } finally {
    // Not awaited when aborted: it would wait for the late item, whose failure concerns nobody any more.
    const ended = iterator.return?.()
    if (signal.aborted) ended?.catch(() => undefined)
    else await ended
  }
}

function nextOrAbort<T>(iterator: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new InterruptedError('the job was stopped'))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    const stopListening = () => signal.removeEventListener('abort', abort)
    iterator.next().then(resolve, reject).finally(stopListening)
  })
}
