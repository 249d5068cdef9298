import { type Connection, type ConnectionSettings, type Json, UsageError } from '@albackup/core'

export const DEFAULT_PORT = 1433

/** The instance that has no name of its own, and the usual port. */
const DEFAULT_INSTANCE = 'MSSQLSERVER'

/** The largest that tedious takes; fewer packets make reading faster. */
const DEFAULT_PACKET_SIZE = 32767

/** A dump waits for a writer to finish, but not for one that has gone home. */
const DEFAULT_LOCK_TIMEOUT = 600_000

/** The settings of a connection to SQL Server, checked and complete. */
export interface MssqlConnection extends Connection {
  readonly dialect: 'mssql'
  readonly options: MssqlOptions
}

export type MssqlOptions = {
  /** 'strict': from the first byte on, as TDS 8.0 has it (SQL Server 2022, Azure). */
  readonly encrypt: boolean | 'strict'
  readonly trustServerCertificate: boolean
  readonly packetSize: number
  /** Milliseconds. */
  readonly connectTimeout: number
  /** Milliseconds until the first answer to a statement; 0: no limit. */
  readonly requestTimeout: number
  /** Milliseconds that a statement waits for a lock of another session, such as a writer's. */
  readonly lockTimeout: number
  readonly instanceName?: string
  /** Asks an availability group for a secondary that may be read. */
  readonly readOnlyIntent?: boolean
  /** Tries all addresses of an availability group's listener at once. */
  readonly multiSubnetFailover?: boolean
  /** Makes the login a Windows one (NTLM). */
  readonly domain?: string
  /** As tedious documents it, for Azure: `{ type, options }`. */
  readonly authentication?: Authentication
}

export interface Authentication {
  readonly type: string
  readonly options: Readonly<Record<string, Json>>
}

type Options = Readonly<Record<string, unknown>>

const KNOWN_OPTIONS = new Set([
  'encrypt',
  'trustServerCertificate',
  'packetSize',
  'connectTimeout',
  'requestTimeout',
  'lockTimeout',
  'instanceName',
  'readOnlyIntent',
  'multiSubnetFailover',
  'domain',
  'authentication',
])

/** Checks and completes the settings; options may be text, as the query of a URL gives them. Throws a UsageError. */
export function parseConnection(settings: ConnectionSettings): MssqlConnection {
  const { database, user, password } = settings
  const { host, instance, port = settings.port } = splitHost(settings.host)
  const options = parseOptions({
    // A port says as much as an instance, and needs nobody to look it up.
    ...(instance !== undefined && port === undefined && { instanceName: instance }),
    ...settings.options,
  })
  if (host === undefined || host === '')
    throw wrong('host', 'is missing', 'Give the server as `db_server` or in the URL.')
  if (database === undefined || database === '') {
    throw wrong('database', 'is missing', 'Give the database as `db_name` or in the URL: mssql://user@host/database.')
  }
  if (settings.port !== undefined && port !== settings.port) {
    throw wrong('port', `${settings.port} is not the one behind the host, ${port}`, 'Give one of them.')
  }
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65535)) {
    throw wrong('port', `${port} is not a number from 1 to 65535`)
  }
  if (port !== undefined && options.instanceName !== undefined) {
    throw wrong('port', 'does not go together with the option "instanceName"', 'Give one of them.')
  }
  if (user === undefined && options.authentication === undefined) {
    throw wrong('user', 'is missing', 'Give the login as `db_user` or in the URL.')
  }
  return {
    dialect: 'mssql',
    host,
    database,
    options,
    ...(options.instanceName === undefined && { port: port ?? DEFAULT_PORT }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
  }
}

interface HostParts {
  readonly host?: string
  readonly instance?: string
  readonly port?: number
}

/**
 * `host`, `host,port`, `host\\instance`, `host\\instance,port` and `tcp:` before each, as SQL Server's own tools write a server. `.` and
 * `(local)` are this machine.
 */
function splitHost(server: string | undefined): HostParts {
  const [, name = '', instance, port] =
    /^(?:tcp:)?([^\\,]*)(?:\\([^,]*))?(?:,\s*(.*))?$/is.exec(server?.trim() ?? '') ?? []
  const host = name === '.' || name.toLowerCase() === '(local)' ? 'localhost' : name.trim()
  return {
    host,
    ...(instance !== undefined && instance.toUpperCase() !== DEFAULT_INSTANCE && { instance }),
    ...(port !== undefined && { port: Number(port) }),
  }
}

function parseOptions(options: Options): MssqlOptions {
  const unknown = Object.keys(options).find((key) => !KNOWN_OPTIONS.has(key))
  if (unknown !== undefined) {
    throw wrong(`option "${unknown}"`, 'is not known', `Known options: ${[...KNOWN_OPTIONS].join(', ')}.`)
  }
  const instanceName = text(options, 'instanceName')
  const domain = text(options, 'domain')
  const authentication = parseAuthentication(options.authentication)
  return {
    encrypt: options.encrypt === 'strict' ? 'strict' : flag(options, 'encrypt', true),
    trustServerCertificate: flag(options, 'trustServerCertificate', false),
    packetSize: count(options, 'packetSize', DEFAULT_PACKET_SIZE, 512, 32767),
    connectTimeout: count(options, 'connectTimeout', 15_000, 0, 2 ** 31 - 1),
    requestTimeout: count(options, 'requestTimeout', 0, 0, 2 ** 31 - 1),
    lockTimeout: count(options, 'lockTimeout', DEFAULT_LOCK_TIMEOUT, 1, 2 ** 31 - 1),
    ...(instanceName !== undefined && { instanceName }),
    ...(flag(options, 'readOnlyIntent', false) && { readOnlyIntent: true }),
    ...(flag(options, 'multiSubnetFailover', false) && { multiSubnetFailover: true }),
    ...(domain !== undefined && { domain }),
    ...(authentication !== undefined && { authentication }),
  }
}

function flag(options: Options, key: string, otherwise: boolean): boolean {
  const value = options[key]
  if (value === undefined) return otherwise
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw wrong(`option "${key}"`, 'is neither true nor false')
}

function count(options: Options, key: string, otherwise: number, least: number, greatest: number): number {
  const value = options[key]
  if (value === undefined) return otherwise
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= greatest) return number
  throw wrong(`option "${key}"`, `is not a number from ${least} to ${greatest}`)
}

function text(options: Options, key: string): string | undefined {
  const value = options[key]
  if (value === undefined) return undefined
  if (typeof value === 'string' && value !== '') return value
  throw wrong(`option "${key}"`, 'is not text')
}

function parseAuthentication(value: unknown): Authentication | undefined {
  if (value === undefined) return undefined
  if (isRecord(value) && typeof value.type === 'string' && isJsonRecord(value.options ?? {})) {
    return { type: value.type, options: (value.options ?? {}) as Readonly<Record<string, Json>> }
  }
  throw wrong('option "authentication"', 'is not an object with "type" and "options"')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJsonRecord(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((part) => typeof part !== 'function' && part !== undefined)
}

function wrong(setting: string, reason: string, hint?: string): UsageError {
  return new UsageError(`cannot use the connection settings: ${setting} ${reason}`, hint === undefined ? {} : { hint })
}
