import { type ConnectionSettings, UsageError } from '@albackup/core'
import type { ConnectionEntry } from '../configuration/configuration.ts'
import { findPassword, type PasswordSources } from './password.ts'

export const DEFAULT_DIALECT = 'mssql'
export const OWN_VARIABLE = 'ALBACKUP_PASSWORD'

/** One connection in a configuration file. */
export interface FileConnection {
  readonly file: string
  /** Before its keys: '' or 'targets.stage.'. */
  readonly prefix: string
  readonly entry: ConnectionEntry
  /** The environment variables for its password. */
  readonly variables: readonly string[]
}

/** In the words of a dialect, with the password in the clear. Throws a UsageError that names the key that is missing. */
export async function settingsOf(connection: FileConnection, sources: PasswordSources): Promise<ConnectionSettings> {
  const { file, prefix, entry, variables } = connection
  const required = (key: 'db_server' | 'db_name') => {
    const value = entry[key]
    if (value !== undefined) return value
    throw new UsageError(`cannot use configuration ${file}: ${prefix}${key} is missing`, {
      hint: 'Add it, or give the whole connection as a URL.',
    })
  }
  const host = required('db_server')
  const database = required('db_name')
  const stored = { text: entry.db_password, where: `${prefix}db_password of ${file}` }
  const password = await findPassword({ variables, stored }, sources)
  return {
    host,
    database,
    ...(entry.db_port === undefined ? {} : { port: entry.db_port }),
    ...(entry.db_user === undefined ? {} : { user: entry.db_user }),
    ...(password === undefined ? {} : { password }),
    ...(entry.options === undefined ? {} : { options: entry.options }),
  }
}
