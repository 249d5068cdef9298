import { ERROR_CLASSES, isRetryable } from '../../errors.ts'

/** An error as plain data: structured cloning would keep the message and forget what kind of failure it is. */
export interface SentError {
  readonly name: string
  readonly message: string
  readonly stack: string | null
  readonly hint: string | null
  readonly retryable: boolean
  readonly cause: SentError | null
  /** What the failure hid: the body of an `await using` failed, and then the closing did. */
  readonly suppressed: SentError | null
}

export function sendError(error: unknown): SentError {
  const known = error instanceof Error ? error : new Error(String(error))
  return {
    name: known.name,
    message: known.message,
    stack: known.stack ?? null,
    hint: 'hint' in known && typeof known.hint === 'string' ? known.hint : null,
    retryable: isRetryable(known),
    cause: known.cause === undefined ? null : sendError(known.cause),
    suppressed: 'suppressed' in known ? sendError(known.suppressed) : null,
  }
}

/** The same failure again: of the same class of the catalogue, or a plain Error with the name and the stack it had. */
export function receiveError(sent: SentError): Error {
  const error = rebuilt(sent)
  if (sent.stack !== null) error.stack = sent.stack
  return error
}

function rebuilt({ name, message, hint, retryable, cause, suppressed }: SentError): Error {
  const because = cause === null ? {} : { cause: receiveError(cause) }
  const Known = ERROR_CLASSES.find((one) => one.name === name)
  if (Known !== undefined) return new Known(message, { ...because, ...(hint !== null && { hint }), retryable })
  const error = new Error(message, because)
  error.name = name
  return suppressed === null ? error : Object.assign(error, { suppressed: receiveError(suppressed) })
}
