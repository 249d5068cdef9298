import { type MappingPolicy, RefusedError, UsageError } from '@albackup/core'
import type { Configuration, ConnectionEntry } from '../configuration/configuration.ts'
import { type DiscoveredDialects, findDialect, getDialect, hintFor } from '../plugins/discover-dialects.ts'
import { isUrl } from './connection-url.ts'
import { DEFAULT_DIALECT, type FileConnection, OWN_VARIABLE, settingsOf } from './file-connection.ts'
import { connectionOfUrl, type FoundConnection } from './find-source.ts'
import { type PasswordSources, passwordVariable } from './password.ts'

/** A database to restore into, and what the configuration says about restoring into it. */
export interface FoundTarget extends FoundConnection {
  readonly allowRestore: boolean
  readonly checkRI: boolean
  readonly policy: MappingPolicy
}

export interface TargetRequest {
  /** --target: the name of an entry, a dialect or a URL. */
  readonly named: string | undefined
  /** --allow-restore. */
  readonly allowRestore: boolean
  /** Only looked at: then `allow_restore: false` is no obstacle. Default false. */
  readonly changesNothing?: boolean
  /** What can be done without a connection: a sentence for the hint. */
  readonly without?: string
}

/**
 * Throws a UsageError when there is no such target, and a RefusedError when the configuration says `allow_restore: false`
 * of it: that is the owner's word about the database, and no flag takes it back.
 */
export async function findTarget(
  request: TargetRequest,
  configuration: Configuration | undefined,
  dialects: DiscoveredDialects,
  sources: PasswordSources,
): Promise<FoundTarget> {
  const { named, allowRestore, changesNothing = false } = request
  if (named !== undefined && isUrl(named)) {
    const variables = (dialect: string) => [passwordVariable(dialect), OWN_VARIABLE]
    const found = await connectionOfUrl(named, '--target', variables, dialects, sources)
    return { ...found, allowRestore, checkRI: true, policy: policyFor(found, configuration, {}) }
  }
  const chosen = chooseEntry(request, configuration, dialects)
  const { file, prefix, entry } = chosen
  const plugged = getDialect(dialects, chosen.dialect)
  if (entry.allow_restore === false && !changesNothing) throw restoreForbidden(file, prefix, entry)
  const connection = plugged.dialect.parseConnection(await settingsOf(chosen, sources))
  return {
    plugged,
    connection,
    allowRestore: allowRestore || entry.allow_restore === true,
    checkRI: entry.enable_ri_check ?? true,
    policy: policyFor({ plugged, connection }, configuration, entry),
  }
}

interface ChosenEntry extends FileConnection {
  readonly dialect: string
}

function chooseEntry(
  { named, without }: TargetRequest,
  configuration: Configuration | undefined,
  dialects: DiscoveredDialects,
): ChosenEntry {
  if (configuration === undefined) throw withoutConfiguration(named, without, dialects)
  const { file, own, targets } = configuration
  if (named === undefined) {
    return { file, prefix: '', entry: own, variables: [OWN_VARIABLE], dialect: own.dialect ?? DEFAULT_DIALECT }
  }
  const entry = Object.hasOwn(targets, named) ? targets[named] : undefined
  if (entry !== undefined) {
    const dialect = entry.dialect ?? (findDialect(dialects, named) ? named : (own.dialect ?? DEFAULT_DIALECT))
    return { file, prefix: `targets.${named}.`, entry, variables: [passwordVariable(named)], dialect }
  }
  if (findDialect(dialects, named) === undefined) throw unknownTarget(named, file, Object.keys(targets), dialects)
  return { file, prefix: '', entry: own, variables: [passwordVariable(named), OWN_VARIABLE], dialect: named }
}

function withoutConfiguration(
  named: string | undefined,
  without: string | undefined,
  dialects: DiscoveredDialects,
): UsageError {
  if (named !== undefined && findDialect(dialects, named) === undefined) {
    return new UsageError(`cannot find target ${named}: it is no dialect, and there is no albackup.json here`, {
      hint: hintFor(named, [], dialects),
    })
  }
  const what = named === undefined ? 'cannot tell which database is the target' : `cannot find target ${named}`
  const hint = 'Name a configuration file with --cfg, or a database with --target postgres://user@host:5432/database.'
  return new UsageError(`${what}: there is no albackup.json here`, {
    hint: without === undefined ? hint : `${hint} ${without}`,
  })
}

function unknownTarget(
  named: string,
  file: string,
  targets: readonly string[],
  dialects: DiscoveredDialects,
): UsageError {
  const known = targets.length === 0 ? 'it has none' : `it has ${targets.join(', ')}`
  return new UsageError(`cannot find target ${named}: it is no target of ${file} (${known}) and no dialect`, {
    hint: hintFor(named, targets, dialects),
  })
}

function restoreForbidden(file: string, prefix: string, entry: ConnectionEntry): RefusedError {
  const database = `${entry.db_name ?? '(no db_name)'} on ${entry.db_server ?? '(no db_server)'}`
  return new RefusedError(`cannot restore into ${database}: ${file} says ${prefix}allow_restore: false`, {
    hint: 'When this is the right database, set it to true there; --allow-restore does not override it.',
  })
}

function policyFor(
  { plugged }: FoundConnection,
  configuration: Configuration | undefined,
  entry: ConnectionEntry,
): MappingPolicy {
  return { ...configuration?.mapping[plugged.dialect.name], ...entry.mapping }
}
