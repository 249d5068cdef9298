import { type ConnectionSettings, UsageError } from '@albackup/core'

/** A connection as a URL says it: `scheme://user:password@host:port/database?option=value`. */
export interface ConnectionUrl {
  /** The name of a dialect, or an alias of one. */
  readonly dialect: string
  readonly settings: ConnectionSettings
}

export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/**
 * User, password, host and database are percent-decoded; options are texts, which the dialect reads. `flag` is for messages.
 * Throws a UsageError, which never shows the URL: it may hold a password.
 */
export function parseConnectionUrl(text: string, flag: string): ConnectionUrl {
  const url = parse(text, flag)
  const decode = (part: string, name: string) => decodePart(part, name, flag)
  const options = Object.fromEntries(url.searchParams)
  return {
    dialect: url.protocol.slice(0, -1),
    settings: {
      ...present('host', decode(url.hostname.replace(/^\[(.*)\]$/, '$1'), 'host')),
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      ...present('user', decode(url.username, 'user')),
      ...present('password', decode(url.password, 'password')),
      ...present('database', decode(url.pathname.replace(/^\//, ''), 'database')),
      ...(Object.keys(options).length === 0 ? {} : { options }),
    },
  }
}

/** For messages: without password and options. */
export function describeConnection(dialect: string, settings: ConnectionSettings): string {
  const user = settings.user === undefined ? '' : `${settings.user}@`
  const port = settings.port === undefined ? '' : `:${settings.port}`
  return `${dialect}://${user}${settings.host ?? ''}${port}/${settings.database ?? ''}`
}

function parse(text: string, flag: string): URL {
  const reject = (reason: string) =>
    new UsageError(`cannot read the URL of ${flag}: ${reason}`, {
      hint: 'Write it as mssql://user@host:1433/database?encrypt=false, with : / ? # @ % in a password as %3A %2F %3F %23 %40 %25.',
    })
  // The error of URL.parse carries the text, so it is no cause to keep.
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw reject('it is not a URL')
  if (url.hash !== '') throw reject('it has a # that is not encoded')
  return url
}

function decodePart(part: string, name: string, flag: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new UsageError(`cannot read the URL of ${flag}: its ${name} has a % that is not encoded`, {
      hint: 'Write % as %25.',
    })
  }
}

function present<K extends string>(key: K, value: string): { readonly [P in K]?: string } {
  return value === '' ? {} : ({ [key]: value } as { [P in K]: string })
}
