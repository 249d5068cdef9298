import { AlbackupError, ConnectionError, type ErrorDetails, SourceError, TargetError } from '@albackup/core'
import { DatabaseError } from './driver.ts'

const FAILING_EXPRESSION =
  'A computed column or a check of the table fails for this row, as it does in the source. Correct the row there.'

/**
 * What a user can do, by SQLSTATE (PostgreSQL manual, appendix A) or by the error code of the operating system. A class of
 * SQLSTATEs is its first two characters.
 */
const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'Nothing listens there. Check host and port, and that the server is running and listens on this address.',
  ENOTFOUND: 'No such host is known. Check the host name.',
  EAI_AGAIN: 'The name service did not answer. Check the host name and the network.',
  ETIMEDOUT: 'The host did not answer in time. Check the address, and firewalls on the way.',
  EHOSTUNREACH: 'There is no way to that host. Check the address and the network.',
  ENETUNREACH: 'There is no way to that network. Check the address and the network.',
  ECONNRESET: 'The connection was cut. Check the server log for the reason.',
  EPIPE: 'The connection was cut. Check the server log for the reason.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Give the certificate with "sslrootcert", or choose "sslmode": "require".',
  SELF_SIGNED_CERT_IN_CHAIN: 'Give the root certificate with "sslrootcert", or choose "sslmode": "require".',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Give the root certificate with "sslrootcert", or choose "sslmode": "require".',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use the name that the certificate was made for, or choose "sslmode": "verify-ca".',
  '08': 'The connection was cut. Check the server log for the reason.',
  '22003': 'A value does not fit the column of the target. Was the table changed after it was created?',
  '22011': FAILING_EXPRESSION,
  '22012': FAILING_EXPRESSION,
  '22007':
    'The server reads no such value. An older version of PostgreSQL may have fewer: intervals are infinite from 17 on.',
  '22008': 'A date or time is outside of what PostgreSQL can hold.',
  '22021': 'A text of the backup is not valid UTF-8.',
  '2200M': 'PostgreSQL reads an XML value otherwise than the source. Restore it as text: "mapping": { "xml": "text" }.',
  '2200N': 'PostgreSQL reads an XML value otherwise than the source. Restore it as text: "mapping": { "xml": "text" }.',
  '2200S': 'PostgreSQL reads an XML value otherwise than the source. Restore it as text: "mapping": { "xml": "text" }.',
  '23503':
    'The parents must be there first. A restore without --data-only loads the rows before it makes the key, and leaves it NOT VALID where rows break it.',
  '23505':
    'A row with this key is there already, or the key is that of two rows. Empty the table first, or restore without --data-only.',
  '23514':
    'A restore without --data-only loads the rows before it makes the checks of tables, and leaves those NOT VALID that rows break. A domain that is there already keeps its checks: drop it first, with what uses it.',
  '28000': 'The server does not let this user in from here. Check user, host and pg_hba.conf.',
  '28P01': 'Check user and password.',
  '3D000': "Create the database first: create database … encoding 'UTF8' template template0.",
  '40001': 'Other transactions changed what this one needed. Run it again when they are done.',
  '40P01': 'Another session held locks that this one needed. Run the restore again.',
  '42501':
    'The user needs more rights: CREATE on the database for new schemas, to own the tables that are replaced, and BYPASSRLS where row-level security is forced on a table.',
  '53100': 'The disk of the server is full.',
  '53200': 'The server is short of memory. For thousands of tables raise max_locks_per_transaction.',
  '53300': 'The server has no free connection. Raise max_connections, or stop other clients.',
  '54000': 'PostgreSQL has a limit here that the source does not have.',
  '55P03': 'Another session holds a lock on the object. Stop it, or raise lock_timeout.',
  '57014': 'It was cancelled, or took longer than statement_timeout.',
  '57P01': 'The server is shutting down, or an administrator ended the session.',
  '57P03': 'The server is still starting up. Try again in a moment.',
}

/** An error of the server or the driver as a ConnectionError. `address` names no password. */
export function connectionError(error: unknown, address: string): AlbackupError {
  if (error instanceof AlbackupError) return error
  const hint = 'Check user, password and "sslmode", and that a PostgreSQL server listens there.'
  return new ConnectionError(`cannot connect to ${address}: ${reasonOf(error)}`, { hint, ...detailsOf(error) })
}

/**
 * An error of the server or the driver as a TargetError: `cannot <action>: <reason>`. Of a deadlock it is retryable: what was done in
 * the transaction is undone.
 */
export function targetError(error: unknown, action: string): AlbackupError {
  if (error instanceof AlbackupError) return error
  return new TargetError(`cannot ${action}: ${reasonOf(error)}`, { ...detailsOf(error), retryable: isPassing(error) })
}

const SOURCE_HINTS: Readonly<Record<string, string>> = {
  '40001':
    'On a standby, what the primary deletes may end a long read: set hot_standby_feedback = on there, or dump the primary.',
  '22021': 'There are bytes that are no text in the encoding of the database. Correct them in the source.',
  '22P05': 'There are bytes that are no text in the encoding of the database. Correct them in the source.',
  '40P01': 'Another session held locks that this one needed. Dump again.',
  '42501':
    'The user needs SELECT on every table and sequence, USAGE on the schemas, and BYPASSRLS where row-level security hides rows.',
  '53200': 'The server is short of memory.',
  '42P01': 'Was it dropped while it was dumped? Dump again.',
  '42703': 'Was the table changed while it was dumped? Dump again.',
}

/** deadlock_detected, serialization_failure. */
const PASSING: readonly (string | undefined)[] = ['40P01', '40001']

/** Whether the same again may succeed; not when the session ended with it, and what point in time it saw. */
function isPassing(error: unknown): boolean {
  return PASSING.includes(codeOf(error)) && !(error instanceof DatabaseError && error.severity === 'FATAL')
}

/** What JavaScript throws when the program is wrong; servers, sockets and pg throw other classes. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError]

/** A failure while the source was read: `cannot <action>: <reason>`; an expected one keeps its class, a bug stays what it is. */
export function sourceError(error: unknown, action: string): unknown {
  if (BUGS.some((bug) => error instanceof bug)) return error
  if (error instanceof AlbackupError) {
    if (error.message.startsWith('cannot ')) return error
    const kind = error.constructor as new (message: string, details: ErrorDetails) => AlbackupError
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    return new kind(`cannot ${action}: ${error.message}`, { cause: error, ...hint })
  }
  const code = codeOf(error)
  const hint = SOURCE_HINTS[code ?? '']
  return new SourceError(`cannot ${action}: ${reasonOf(error)}`, {
    ...detailsOf(error),
    ...(hint !== undefined && { hint }),
    retryable: isPassing(error),
  })
}

/** The server's own words, with the detail and the place it gives. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ')
  if (!(error instanceof Error)) return String(error)
  const { detail, where } = error instanceof DatabaseError ? error : { detail: undefined, where: undefined }
  return [error.message, detail, where].filter((part) => part !== undefined && part !== '').join('; ')
}

/** The SQLSTATE of a server's error, or the operating system's code; undefined when there is none. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

function detailsOf(error: unknown): { readonly cause: unknown; readonly hint?: string } {
  const code = codeOf(error) ?? (isCut(error) ? 'ECONNRESET' : '')
  const hint = HINTS[code] ?? HINTS[code.slice(0, 2)]
  return hint === undefined ? { cause: error } : { cause: error, hint }
}

/** What pg says, without a code, of a connection that the server ends without a word. */
function isCut(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Connection terminated')
}
