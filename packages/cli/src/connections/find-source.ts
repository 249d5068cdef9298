import { type Connection, UsageError } from '@albackup/core'
import type { Configuration } from '../configuration/configuration.ts'
import { type DiscoveredDialects, getDialect, type PluggedDialect } from '../plugins/discover-dialects.ts'
import { parseConnectionUrl } from './connection-url.ts'
import { DEFAULT_DIALECT, OWN_VARIABLE, settingsOf } from './file-connection.ts'
import { findPassword, type PasswordSources, passwordVariable } from './password.ts'

/** A database to open, with the dialect that opens it. */
export interface FoundConnection {
  readonly plugged: PluggedDialect
  readonly connection: Connection
}

/** The database of --source, or else of the configuration's own keys. Throws a UsageError when there is none. */
export async function findSource(
  url: string | undefined,
  configuration: Configuration | undefined,
  dialects: DiscoveredDialects,
  sources: PasswordSources,
): Promise<FoundConnection> {
  if (url !== undefined)
    return connectionOfUrl(url, '--source', (dialect) => [OWN_VARIABLE, passwordVariable(dialect)], dialects, sources)
  if (configuration === undefined) {
    throw new UsageError('cannot tell what to dump: there is no albackup.json here', {
      hint: 'Name a configuration file with --cfg, or a database with --source mssql://user@host:1433/database.',
    })
  }
  const { file, own } = configuration
  const plugged = getDialect(dialects, own.dialect ?? DEFAULT_DIALECT)
  const settings = await settingsOf({ file, prefix: '', entry: own, variables: [OWN_VARIABLE] }, sources)
  return { plugged, connection: plugged.dialect.parseConnection(settings) }
}

/** `variables`: the names of the environment variables for the password, given the dialect's name. */
export async function connectionOfUrl(
  url: string,
  flag: string,
  variables: (dialect: string) => readonly string[],
  dialects: DiscoveredDialects,
  sources: PasswordSources,
): Promise<FoundConnection> {
  const parsed = parseConnectionUrl(url, flag)
  const plugged = getDialect(dialects, parsed.dialect)
  const places = { url: parsed.settings.password, variables: variables(plugged.dialect.name) }
  const password = await findPassword(places, sources)
  const settings = { ...parsed.settings, ...(password === undefined ? {} : { password }) }
  return { plugged, connection: plugged.dialect.parseConnection(settings) }
}
