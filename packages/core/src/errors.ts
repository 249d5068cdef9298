/**
 * The catalogue of expected failures. Each class has a stable `code` and the exit status the command line ends with.
 * Whatever is thrown and is not an AlbackupError is a bug. docs/errors.md lists the same table; a test compares the two.
 */

export interface ErrorDetails {
  /** What the user can do about it: one sentence or two. */
  readonly hint?: string
  /** The failure underneath; kept for --debug. */
  readonly cause?: unknown
  /** The same again may succeed: the server chose the statement as the victim of a deadlock. */
  readonly retryable?: boolean
}

/** A failure that is expected to happen to users. Messages: `cannot <verb> <object>: <reason>`, lower case, no full stop. */
export abstract class AlbackupError extends Error {
  abstract readonly code: string
  abstract readonly exitStatus: number
  readonly hint: string | undefined
  readonly retryable: boolean

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.hint = details.hint
    this.retryable = details.retryable ?? false
  }
}

/** By its shape: the dialect may be a plugin with a copy of the core of its own, whose classes are not these. */
export function isRetryable(error: unknown): error is Error {
  return error instanceof Error && 'retryable' in error && error.retryable === true
}

/** A wrong flag, argument, setting or configuration file. */
export class UsageError extends AlbackupError {
  readonly code = 'ALB_USAGE'
  readonly exitStatus = 2
}

/** The job is finished, but the data breaks a rule: orphans, losses under --fail-on-loss, a proof that differs. */
export class DataError extends AlbackupError {
  readonly code = 'ALB_DATA'
  readonly exitStatus = 3
}

/** A server cannot be reached, or refuses the login. */
export class ConnectionError extends AlbackupError {
  readonly code = 'ALB_CONNECTION'
  readonly exitStatus = 10
}

/** The source failed while it was read. */
export class SourceError extends AlbackupError {
  readonly code = 'ALB_SOURCE'
  readonly exitStatus = 11
}

/** The target failed while it was written. */
export class TargetError extends AlbackupError {
  readonly code = 'ALB_TARGET'
  readonly exitStatus = 12
}

/** The folder of backups cannot be read or written. */
export class StorageError extends AlbackupError {
  readonly code = 'ALB_STORAGE'
  readonly exitStatus = 13
}

/** There is no backup at that place, or it was never finished. */
export class NoBackupError extends AlbackupError {
  readonly code = 'ALB_NO_BACKUP'
  readonly exitStatus = 14
}

/** The backup is not what was written: changed, cut, incomplete, or of a newer format. */
export class DamagedBackupError extends AlbackupError {
  readonly code = 'ALB_DAMAGED'
  readonly exitStatus = 15
}

/** The restore would destroy something it was not allowed to. */
export class RefusedError extends AlbackupError {
  readonly code = 'ALB_REFUSED'
  readonly exitStatus = 16
}

/** The source has, or the policy asks for, something that cannot be carried. */
export class CannotCarryError extends AlbackupError {
  readonly code = 'ALB_CANNOT_CARRY'
  readonly exitStatus = 17
}

/** Stopped by the user. */
export class InterruptedError extends AlbackupError {
  readonly code = 'ALB_INTERRUPTED'
  readonly exitStatus = 130
}

/** Every class of the catalogue, in the order of exit statuses. */
export const ERROR_CLASSES = [
  UsageError,
  DataError,
  ConnectionError,
  SourceError,
  TargetError,
  StorageError,
  NoBackupError,
  DamagedBackupError,
  RefusedError,
  CannotCarryError,
  InterruptedError,
] as const
