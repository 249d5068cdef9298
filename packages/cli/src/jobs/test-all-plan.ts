import { type Connection, type ConnectionSettings, type MappingPolicy, RefusedError, UsageError } from '@albackup/core'
import type { TestConfiguration, TestedDatabase } from '../configuration/test-configuration.ts'
import { describeConnection } from '../connections/connection-url.ts'
import { DEFAULT_DIALECT, OWN_VARIABLE, settingsOf } from '../connections/file-connection.ts'
import type { FoundConnection } from '../connections/find-source.ts'
import { passwordVariable } from '../connections/password.ts'
import { type DiscoveredDialects, getDialect, type PluggedDialect } from '../plugins/discover-dialects.ts'
import type { JobTools } from './job-room.ts'

/** A database to be tested, with everything found out that can be without a server. */
export interface PlannedTest {
  readonly database: TestedDatabase
  readonly source: FoundConnection
  readonly scratch: FoundConnection
  readonly policy: MappingPolicy
}

/**
 * Finds the connections of all databases that are not skipped. Refuses, before anything is done, when the file does not allow
 * to restore, or when the scratch database is one of those that it names as a source, skipped ones included.
 */
export async function planTests(configuration: TestConfiguration, tools: JobTools): Promise<readonly PlannedTest[]> {
  const { file, restore } = configuration
  if (restore.allow_restore !== true) {
    throw new RefusedError(`cannot test: ${file} does not say restore.allow_restore: true`, {
      hint: 'The database of "restore" is dropped and made anew for each test. Set it to true when that is right.',
    })
  }
  const dialects = await tools.dialects()
  const sources = await Promise.all(
    configuration.databases.map((database) => findTested(database, configuration, dialects, tools)),
  )
  const planned: PlannedTest[] = []
  for (const [index, database] of configuration.databases.entries()) {
    if (database.skip) continue
    const scratch = await findScratch(database, configuration, dialects, tools)
    const same = sources.findIndex(({ connection }) => isSame(connection, scratch.connection))
    if (same >= 0) throw scratchIsSource(configuration.databases[same]!, scratch)
    planned.push({ database, source: sources[index]!, scratch, policy: restore.mapping ?? {} })
  }
  return planned
}

async function findTested(
  { name, prefix, entry }: TestedDatabase,
  { file }: TestConfiguration,
  dialects: DiscoveredDialects,
  { passwordSources }: JobTools,
): Promise<FoundConnection> {
  const plugged = getDialect(dialects, entry.dialect ?? DEFAULT_DIALECT)
  const variables = [passwordVariable(name), OWN_VARIABLE]
  const settings = await settingsOf({ file, prefix, entry, variables }, passwordSources)
  return { plugged, connection: parseConnection(plugged, settings, `${name} of ${file}`) }
}

async function findScratch(
  { restoreName }: TestedDatabase,
  { file, restore }: TestConfiguration,
  dialects: DiscoveredDialects,
  { passwordSources }: JobTools,
): Promise<FoundConnection> {
  const plugged = getDialect(dialects, restore.dialect ?? DEFAULT_DIALECT)
  const { name, openTarget, recreateDatabase } = plugged.dialect
  if (openTarget === undefined || recreateDatabase === undefined) {
    throw new UsageError(`cannot test: dialect ${name} cannot make a scratch database`)
  }
  const entry = restoreName === null ? restore : { ...restore, db_name: restoreName }
  const variables = [passwordVariable(restore.name ?? 'restore'), OWN_VARIABLE]
  const settings = await settingsOf({ file, prefix: 'restore.', entry, variables }, passwordSources)
  return { plugged, connection: parseConnection(plugged, settings, `restore of ${file}`) }
}

/** The dialect names the setting that is wrong, and here the database is named whose it is. */
function parseConnection({ dialect }: PluggedDialect, settings: ConnectionSettings, whose: string): Connection {
  try {
    return dialect.parseConnection(settings)
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause
    const hint = cause.hint === undefined ? {} : { hint: cause.hint }
    throw new UsageError(`cannot test ${whose}: ${cause.message}`, { ...hint, cause })
  }
}

/** By name: two names of one host are for the user to know. */
function isSame(one: Connection, other: Connection): boolean {
  const placeOf = ({ dialect, host, port, database }: Connection) =>
    [dialect, host, port ?? '', database].join('\0').toLowerCase()
  return placeOf(one) === placeOf(other)
}

function scratchIsSource({ name }: TestedDatabase, { plugged, connection }: FoundConnection): RefusedError {
  return new RefusedError(
    `cannot test: the scratch database ${describeConnection(plugged.dialect.name, connection)} is that of ${name}`,
    { hint: 'Restore into a database of its own: it is dropped and made anew.' },
  )
}
