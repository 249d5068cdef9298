import { AlbackupError, ConnectionError, type ErrorDetails, SourceError, TargetError } from '@albackup/core'
import {
  CODE_HINTS,
  CONDITION_ERRORS,
  DEADLOCK,
  FATAL_SEVERITY,
  HINTS,
  PASSING,
  READING_CODE_HINTS,
  WRITING_CODE_HINTS,
  WRITING_HINTS,
} from './known-failures.ts'

/** An error as the server reported it: an ERROR token. */
export class ServerError extends Error {
  readonly number: number
  /** Its severity, as the driver calls it in its own errors. */
  readonly class: number

  constructor(number: number, message: string, severity = 16) {
    super(message)
    this.name = 'ServerError'
    this.number = number
    this.class = severity
  }
}

/** SELECT, a permission of the database, of the server: denied. */
const DENIED: ReadonlySet<unknown> = new Set([229, 262, 297, 300])

/** Whether the server refused because the login may not do this, whatever the failure was wrapped in. */
export function isDenied(error: unknown): boolean {
  return DENIED.has(property(error, 'number')) || (error instanceof Error && isDenied(error.cause))
}

/** The server's error behind `error`, whatever it was wrapped in; `error` itself when there is none. */
export function serverErrorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const causes = error instanceof AggregateError ? error.errors : [error.cause]
  const inner = causes.map(serverErrorOf).find((one) => typeof property(one, 'number') === 'number')
  return inner ?? error
}

/** Its number, if there is one. */
export function serverErrorNumber(error: unknown): number | undefined {
  const number = property(serverErrorOf(error), 'number')
  return typeof number === 'number' ? number : undefined
}

/** A failure to connect, as `cannot connect to <server>: <reason>`, retryable when it will pass; a bug stays what it is. */
export function connectionError(server: string, error: unknown): unknown {
  return expectedError(`cannot connect to ${server}`, error, ConnectionError, CODE_HINTS, HINTS, PASSING)
}

/**
 * A failure while the source was read, as `<what failed>: <reason>`: `cannot read table [dbo].[T]`, retryable when the same
 * statement may succeed by itself; a bug stays what it is.
 */
export function sourceError(whatFailed: string, error: unknown): unknown {
  return expectedError(whatFailed, error, SourceError, READING_CODE_HINTS, HINTS, PASSING)
}

/** The same in a transaction that has to hold until the end: what ended it is not mended by another attempt. */
export function transactionError(whatFailed: string, error: unknown): unknown {
  return expectedError(whatFailed, error, SourceError, READING_CODE_HINTS, HINTS)
}

/** Whether the server did not understand a condition, or could not compute it. */
export function isAboutCondition(error: unknown): boolean {
  return CONDITION_ERRORS.has(serverErrorNumber(error) ?? 0)
}

/**
 * A failure while the target was written or looked at, as `<what failed>: <reason>`; a bug stays what it is. Of a deadlock the
 * error is retryable: what was done in the transaction is undone.
 */
export function targetError(whatFailed: string, error: unknown): unknown {
  const hints = { ...HINTS, ...WRITING_HINTS }
  return expectedError(whatFailed, error, TargetError, WRITING_CODE_HINTS, hints, new Set([DEADLOCK]))
}

/** The server's own words and the number of its error, for findings. */
export function serverReason(error: unknown): string {
  return reasonOf(deepestError(error))
}

/** From 17 on it is not the statement that is wrong: the server has run out of something, or the session has ended. */
const GREATEST_SEVERITY = 16

/** Whether the server refused this statement, so that another may still succeed. */
export function isAboutStatement(error: unknown): boolean {
  const deepest = deepestError(error)
  const number = property(deepest, 'number')
  const severity = property(deepest, 'class')
  return typeof number === 'number' && number > 0 && (typeof severity !== 'number' || severity <= GREATEST_SEVERITY)
}

type ErrorClass = new (message: string, details: ErrorDetails) => AlbackupError

/** What JavaScript throws when the program is wrong; servers, sockets and tedious throw other classes. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError]

/** Something that the program did wrong, and no failure that users are to expect. */
export function isBug(error: unknown): boolean {
  const deepest = deepestError(error)
  return BUGS.some((bug) => deepest instanceof bug)
}

function expectedError(
  whatFailed: string,
  error: unknown,
  errorClass: ErrorClass,
  codeHints: typeof CODE_HINTS,
  hints: typeof HINTS,
  passing: typeof PASSING = new Set(),
): unknown {
  if (isBug(error)) return error
  const deepest = deepestError(error)
  const message = `${whatFailed}: ${reasonOf(error)}`
  if (deepest instanceof AlbackupError) {
    const { hint, retryable } = deepest
    return new (deepest.constructor as ErrorClass)(message, {
      cause: error,
      retryable,
      ...(hint !== undefined && { hint }),
    })
  }
  const hint = hintOf(error, codeHints, hints) ?? fatalHint(deepest)
  const retryable = passing.has(serverErrorNumber(error) ?? 0)
  return new errorClass(message, { cause: error, retryable, ...(hint !== undefined && { hint }) })
}

function fatalHint(error: unknown): string | undefined {
  const severity = property(error, 'class')
  if (typeof severity !== 'number' || severity < FATAL_SEVERITY) return undefined
  return `The server ended the connection because of an error of severity ${severity}: look into its error log.`
}

/** The first of the errors behind `error` that says what went wrong. */
function deepestError(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return deepestError(error.errors[0])
  if (error instanceof AlbackupError || !(error instanceof Error)) return error
  return error.cause instanceof Error ? deepestError(error.cause) : error
}

/** What went wrong, in the server's words or the driver's, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  const deepest = deepestError(error)
  const text = deepest instanceof Error ? deepest.message : String(deepest)
  const number = property(deepest, 'number')
  const reason = text.trim().replace(/\.$/, '')
  return typeof number === 'number' && number > 0 ? `${reason} (error ${number})` : reason
}

/** Looks along the causes, from the outside in. */
function hintOf(error: unknown, codeHints: typeof CODE_HINTS, hints: typeof HINTS): string | undefined {
  if (error instanceof AggregateError) return firstHint(error.errors, codeHints, hints)
  const number = property(error, 'number')
  const code = property(error, 'code')
  const own =
    (typeof number === 'number' ? hints[number] : undefined) ?? (typeof code === 'string' ? codeHints[code] : undefined)
  const inner = error instanceof Error && error.cause !== undefined ? hintOf(error.cause, codeHints, hints) : undefined
  return inner ?? own
}

function firstHint(errors: readonly unknown[], codeHints: typeof CODE_HINTS, hints: typeof HINTS): string | undefined {
  return errors.map((error) => hintOf(error, codeHints, hints)).find((hint) => hint !== undefined)
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
}
