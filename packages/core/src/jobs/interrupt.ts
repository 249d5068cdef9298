import { InterruptedError } from '../errors.ts'

/** Throws an InterruptedError when the user has stopped the job; `cause` is the failure the stop led to. */
export function stopWhenAborted(signal: AbortSignal, cause?: unknown): void {
  if (!signal.aborted) return
  throw new InterruptedError('interrupted', cause === undefined ? {} : { cause })
}
