import { stat } from 'node:fs/promises'
import { type Backup, UsageError } from '@albackup/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import { closest } from '../closest.ts'
import type { Configuration } from '../configuration/configuration.ts'
import { type DiscoveredDialects, findDialect, getDialect } from '../plugins/discover-dialects.ts'
import { isUrl } from './connection-url.ts'
import { DEFAULT_DIALECT, OWN_VARIABLE, settingsOf } from './file-connection.ts'
import { connectionOfUrl, type FoundConnection, findSource } from './find-source.ts'
import { type PasswordSources, passwordVariable } from './password.ts'

/** The name that stands for the configuration's own database. */
export const OWN_DATABASE = 'source'

/** What one side of a comparison is. */
export type FoundSide =
  | { readonly kind: 'backup'; readonly backup: Backup }
  | ({ readonly kind: 'live' } & FoundConnection)

export interface SideSearch {
  readonly backupDir: string
  readonly configuration: Configuration | undefined
  dialects(): Promise<DiscoveredDialects>
  readonly passwordSources: PasswordSources
}

/**
 * A URL, 'source', the name of a target of the configuration, or else a backup: its folder, or its name in the folder of
 * backups. Throws a UsageError, or a NoBackupError when it is none of these.
 */
export async function findSide(named: string, search: SideSearch): Promise<FoundSide> {
  const { configuration, passwordSources } = search
  if (isUrl(named)) {
    const variables = (dialect: string) => [passwordVariable(dialect), OWN_VARIABLE]
    const found = await connectionOfUrl(named, 'the argument', variables, await search.dialects(), passwordSources)
    return { kind: 'live', ...found }
  }
  if (named === OWN_DATABASE && !(await exists(named))) {
    return { kind: 'live', ...(await findSource(undefined, configuration, await search.dialects(), passwordSources)) }
  }
  const target = await findNamedTarget(named, search)
  if (target !== undefined) return { kind: 'live', ...target }
  refuseMisspelled(named, configuration, await exists(named))
  return { kind: 'backup', backup: await chooseBackup(named, search.backupDir) }
}

/** To read it, whatever the configuration says about restoring into it. */
async function findNamedTarget(named: string, search: SideSearch): Promise<FoundConnection | undefined> {
  const { configuration, passwordSources } = search
  if (configuration === undefined || !Object.hasOwn(configuration.targets, named)) return undefined
  const { file, own, targets } = configuration
  const entry = targets[named]!
  const dialects = await search.dialects()
  const dialect = entry.dialect ?? (findDialect(dialects, named) ? named : (own.dialect ?? DEFAULT_DIALECT))
  const plugged = getDialect(dialects, dialect)
  const from = { file, prefix: `targets.${named}.`, entry, variables: [passwordVariable(named)] }
  return { plugged, connection: plugged.dialect.parseConnection(await settingsOf(from, passwordSources)) }
}

/** A word near the name of a target is no backup. */
function refuseMisspelled(named: string, configuration: Configuration | undefined, isThere: boolean): void {
  const meant = closest(named, [OWN_DATABASE, ...Object.keys(configuration?.targets ?? {})])
  if (isThere || meant === undefined) return
  throw new UsageError(`cannot compare ${named}: it is no backup, no URL and no target of the configuration`, {
    hint: `Did you mean ${meant}?`,
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
