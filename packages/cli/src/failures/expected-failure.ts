import { UsageError } from '@albackup/core'
import { Errors } from '@oclif/core'

/** What albackup shows of an AlbackupError. */
export interface ExpectedFailure {
  readonly code: string
  readonly exitStatus: number
  readonly message: string
  readonly hint: string | undefined
}

/**
 * undefined for a bug. A dialect installed as a plugin may bring its own copy of the core, whose classes are not ours:
 * so it is the shape that counts. oclif's errors about the command line become UsageErrors.
 */
export function asExpectedFailure(error: unknown, command: string): ExpectedFailure | undefined {
  // Closing a session failed too, after the failure that matters.
  if (error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error) {
    return asExpectedFailure(error.suppressed, command)
  }
  if (isExpectedFailure(error)) return error
  return error instanceof Errors.CLIError ? usageError(error, command) : undefined
}

function isExpectedFailure(error: unknown): error is Error & ExpectedFailure {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ALB_') &&
    'exitStatus' in error &&
    typeof error.exitStatus === 'number'
  )
}

function usageError(error: Error, command: string): UsageError {
  const [first = '', ...more] = error.message.split('\n').filter((line) => !line.startsWith('See more help'))
  const reason = [first.charAt(0).toLowerCase() + first.slice(1), ...more.map((line) => line.trim())].join(' ').trim()
  return new UsageError(`cannot run ${command}: ${reason}`, { hint: `Run "${command} --help" to see what it takes.` })
}
