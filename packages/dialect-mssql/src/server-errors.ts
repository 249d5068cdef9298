import { AlbackupError, ConnectionError, SourceError, TargetError } from '@albackup/core'

/** An error as the server reported it: an ERROR token. */
export class ServerError extends Error {
  readonly number: number

  constructor(number: number, message: string) {
    super(message)
    this.name = 'ServerError'
    this.number = number
  }
}

/** SELECT, a permission of the database, of the server: denied. */
const DENIED: ReadonlySet<unknown> = new Set([229, 262, 297, 300])

/** Whether the server refused because the login may not do this, whatever the failure was wrapped in. */
export function isDenied(error: unknown): boolean {
  return DENIED.has(property(error, 'number')) || (error instanceof Error && isDenied(error.cause))
}

/** The number of the server's error behind `error`, if there is one. */
export function serverErrorNumber(error: unknown): number | undefined {
  const number = property(deepestError(error), 'number')
  return typeof number === 'number' ? number : undefined
}

/** What a user can do about an error of SQL Server, by its number. */
const HINTS: Readonly<Record<number, string>> = {
  207: 'Was the table changed while it was dumped? Dump again.',
  208: 'Was the table dropped while the database was dumped? Dump again.',
  229: 'Grant the login SELECT on the tables and VIEW DEFINITION on the database.',
  230: 'Grant the login SELECT on every column of the table.',
  262: 'Grant the login the permission that the message names.',
  297: 'Grant the login the permission that the message names.',
  300: 'Grant the login the permission that the message names.',
  596: 'Someone ended the session on the server; dump again.',
  601: 'Rows moved while they were read; dump again, or allow snapshot isolation on the database.',
  823: 'The database file is damaged: run DBCC CHECKDB.',
  824: 'The database file is damaged: run DBCC CHECKDB.',
  916: 'Create a user for the login in the database, and grant it SELECT.',
  1205: 'Another session was in the way; dump again, or allow snapshot isolation on the database.',
  1222: 'Another session holds a lock on the table; dump again, or allow snapshot isolation on the database.',
  3952: 'Snapshot isolation was switched off in the database.',
  3960: 'Dump again at a quieter time.',
  3961: 'A table was changed by DDL while the database was dumped; dump again.',
  4060: 'Check the name of the database, and that the login has a user in it.',
  8655: 'Enable (rebuild) the clustered index of the table.',
  10054: 'The network connection was lost; dump again.',
  18452: 'Use an SQL login, or give `domain` for a Windows one.',
  18456: 'Check the user name and the password.',
  18470: 'The login is disabled: ask for ALTER LOGIN … ENABLE.',
  18486: 'The login is locked out: wait, or ask for it to be unlocked.',
  18487: 'The password has expired: change it.',
  18488: 'The password must be changed before it can be used.',
  40197: 'The service is moving the database; try again in a minute.',
  40501: 'The service is busy; try again later.',
  40613: 'The database is not available just now; try again in a minute.',
  40615: 'Add the address of this machine to the firewall rules of the server.',
}

/** What a user can do about a failure of the network or of tedious, by its code. */
const CODE_HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is the server running, with TCP/IP enabled, on that port?',
  ENOTFOUND: 'Check the name of the host.',
  EAI_AGAIN: 'Check the name of the host and the name service.',
  EHOSTUNREACH: 'Check the name of the host and the firewall.',
  ETIMEOUT: 'Check the host, the port and the firewall.',
  ETIMEDOUT: 'Check the host, the port and the firewall.',
  EINSTLOOKUP: 'Check the name of the instance, and that the SQL Server Browser service runs.',
  EINSTFAIL: 'Check the name of the instance, and that the SQL Server Browser service runs.',
  ELOGIN: 'Check the user name, the password and the database.',
  EFEDAUTH: 'Check the settings of Azure authentication.',
  ECONNRESET: 'The server closed the connection: does it want, or refuse, encryption (option "encrypt")?',
  EENCRYPT: 'The server cannot encrypt: set the option "encrypt" to false if the network is trusted.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Set the option "trustServerCertificate" to true if you trust this server.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Set the option "trustServerCertificate" to true if you trust this server.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Set the option "trustServerCertificate" to true if you trust this server.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use the host name that the certificate was issued for.',
}

/** The same once it is connected: then encryption is no question any more. */
const READING_HINTS: typeof CODE_HINTS = { ...CODE_HINTS, ECONNRESET: 'The network connection was lost; dump again.' }

/** A failure to connect, as `cannot connect to <server>: <reason>`; a bug stays what it is. */
export function connectionError(server: string, error: unknown): unknown {
  return expectedError(`cannot connect to ${server}`, error, ConnectionError, CODE_HINTS)
}

/** A failure while the source was read, as `<what failed>: <reason>`: `cannot read table [dbo].[T]`; a bug stays what it is. */
export function sourceError(whatFailed: string, error: unknown): unknown {
  return expectedError(whatFailed, error, SourceError, READING_HINTS)
}

/** What is otherwise to do when a target is written. */
const WRITING_HINTS: Readonly<Record<number, string>> = {
  207: 'Was the table changed while rows were restored? Restore again.',
  208: 'Was the table dropped while rows were restored? Restore again.',
  229: 'Grant the login the permission on that object, or db_owner of the database.',
  262: 'Grant the login the permission that the message names, or db_owner of the database.',
  596: 'Someone ended the session on the server; restore again.',
  1105: 'The disk of the server, or the greatest size of the file, is reached.',
  1205: 'Another session was in the way; restore again at a quieter time.',
  1222: 'Another session holds a lock on the object; restore again at a quieter time.',
  2760: 'Grant the login ALTER on the schema.',
  9002: 'The log of the database is full: back it up, or let it grow.',
  10054: 'The network connection was lost; restore again.',
}

const WRITING_CODE_HINTS: typeof CODE_HINTS = {
  ...CODE_HINTS,
  ECONNRESET: 'The network connection was lost; restore again.',
}

/** The server chose the statement as the victim of a deadlock. */
const DEADLOCK = 1205

/**
 * A failure while the target was written or looked at, as `<what failed>: <reason>`; a bug stays what it is. Of a deadlock the
 * error is retryable: what was done in the transaction is undone.
 */
export function targetError(whatFailed: string, error: unknown): unknown {
  const failure = expectedError(whatFailed, error, TargetError, WRITING_CODE_HINTS, { ...HINTS, ...WRITING_HINTS })
  if (!(failure instanceof TargetError) || serverErrorNumber(error) !== DEADLOCK) return failure
  const { message, cause, hint } = failure
  return new TargetError(message, { cause, retryable: true, ...(hint !== undefined && { hint }) })
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

type ErrorClass = new (message: string, details: { hint?: string; cause?: unknown }) => AlbackupError

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
  hints: typeof HINTS = HINTS,
): unknown {
  if (isBug(error)) return error
  const deepest = deepestError(error)
  const keepsItsClass = deepest instanceof AlbackupError
  const kind = keepsItsClass ? (deepest.constructor as ErrorClass) : errorClass
  const hint = keepsItsClass ? deepest.hint : hintOf(error, codeHints, hints)
  return new kind(`${whatFailed}: ${reasonOf(error)}`, { cause: error, ...(hint !== undefined && { hint }) })
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
