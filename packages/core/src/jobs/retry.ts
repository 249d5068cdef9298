import { setTimeout as sleep } from 'node:timers/promises'
import { isRetryable } from '../errors.ts'
import { stopWhenAborted } from './interrupt.ts'

const ATTEMPTS = 4
const FIRST_WAIT_MS = 250

/** Tries again, after a wait that grows, while the failure is `retryable`. */
export async function retry<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  debug: (message: string) => void,
): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      stopWhenAborted(signal, error)
      if (n === ATTEMPTS || !isRetryable(error)) throw error
      debug(`attempt ${n} of ${ATTEMPTS} failed: ${error.message}`)
      await sleep(FIRST_WAIT_MS * 2 ** (n - 1), undefined, { signal }).catch(() => stopWhenAborted(signal, error))
    }
  }
}
