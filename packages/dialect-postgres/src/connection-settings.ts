import { type Connection, type ConnectionSettings, UsageError } from '@albackup/core'

/** How far the connection is encrypted and the server checked: the words of libpq's `sslmode`. */
export type TlsMode = (typeof TLS_MODES)[number]

const TLS_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const

export interface PostgresConnection extends Connection {
  readonly port: number
  readonly user: string
  readonly options: PostgresOptions
}

/** A type, not an interface, so that it is a record of options as it stands. */
export type PostgresOptions = {
  readonly sslmode: TlsMode
  /** A file with the certificates to trust, in PEM. */
  readonly sslrootcert?: string
  readonly application_name: string
  /** Milliseconds; 0: no limit. */
  readonly statement_timeout: number
  readonly lock_timeout: number
  /** Milliseconds until an attempt to connect is given up. */
  readonly connectTimeout: number
}

const OPTION_NAMES = [
  'sslmode',
  'ssl',
  'sslrootcert',
  'application_name',
  'statement_timeout',
  'lock_timeout',
  'connectTimeout',
  'connect_timeout',
]

/** Checked and complete. Options from a URL come as strings. Throws a UsageError that names the wrong setting. */
export function parseConnection(settings: ConnectionSettings): PostgresConnection {
  const options = settings.options ?? {}
  const unknown = Object.keys(options).find((name) => !OPTION_NAMES.includes(name))
  if (unknown !== undefined) {
    throw wrong(`options.${unknown}`, 'PostgreSQL has no such option here', `It knows ${OPTION_NAMES.join(', ')}.`)
  }
  const password = text('password', settings.password)
  return {
    dialect: 'postgres',
    host: text('host', settings.host) ?? 'localhost',
    port: number('port', settings.port, 1, 65535) ?? 5432,
    user: required('user', settings.user),
    database: required('database', settings.database),
    ...(password === undefined ? {} : { password }),
    options: parseOptions(options),
  }
}

function parseOptions(options: Readonly<Record<string, unknown>>): PostgresOptions {
  const sslrootcert = text('options.sslrootcert', options.sslrootcert)
  // libpq's connect_timeout is in seconds.
  const seconds = number('options.connect_timeout', options.connect_timeout, 0, 2_147_483)
  return {
    sslmode: tlsMode(options),
    ...(sslrootcert === undefined ? {} : { sslrootcert }),
    application_name: text('options.application_name', options.application_name) ?? 'albackup',
    statement_timeout: number('options.statement_timeout', options.statement_timeout, 0, 2_147_483_647) ?? 0,
    lock_timeout: number('options.lock_timeout', options.lock_timeout, 0, 2_147_483_647) ?? 0,
    connectTimeout:
      number('options.connectTimeout', options.connectTimeout, 0, 2_147_483_647) ??
      (seconds === undefined ? 15_000 : seconds * 1000),
  }
}

/** `ssl` is the short form: true for 'require', false for 'disable'. */
function tlsMode({ sslmode, ssl }: Readonly<Record<string, unknown>>): TlsMode {
  if (sslmode !== undefined) {
    const mode = TLS_MODES.find((known) => known === sslmode)
    if (mode !== undefined) return mode
    throw wrong('options.sslmode', `${JSON.stringify(sslmode)} is no mode`, `Use one of ${TLS_MODES.join(', ')}.`)
  }
  if (ssl === undefined) return 'prefer'
  if (ssl === true || ssl === 'true' || ssl === '1') return 'require'
  if (ssl === false || ssl === 'false' || ssl === '0') return 'disable'
  throw wrong('options.ssl', `${JSON.stringify(ssl)} is neither true nor false`)
}

function required(name: string, value: unknown): string {
  const given = text(name, value)
  if (given !== undefined && given !== '') return given
  throw wrong(
    name,
    'it is missing',
    `Give it in the configuration file or in the URL: postgres://user@host:5432/database.`,
  )
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw wrong(name, 'it is no text')
}

function number(name: string, value: unknown, least: number, greatest: number): number | undefined {
  if (value === undefined) return undefined
  const parsed = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof parsed === 'number' && Number.isInteger(parsed) && parsed >= least && parsed <= greatest) return parsed
  throw wrong(name, `${JSON.stringify(value)} is no whole number from ${least} to ${greatest}`)
}

function wrong(name: string, reason: string, hint?: string): UsageError {
  return new UsageError(`cannot use setting "${name}": ${reason}`, hint === undefined ? {} : { hint })
}
