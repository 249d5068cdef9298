import { UsageError } from '@albackup/core'
import type { FoundConnectionEntry } from './configuration-file.ts'
import { isGroup } from './keys.ts'
import { readNamed } from './read-configuration.ts'
import { checkTestConfiguration, type TestConfiguration } from './test-configuration.ts'

/**
 * The connection of that name in a file of `test-all`; undefined when the file is another. Throws a UsageError that lists the
 * names when there is none of it.
 */
export async function findTestedConnection(
  cfg: string,
  folder: string,
  name: string | undefined,
  warn: (message: string) => void,
): Promise<FoundConnectionEntry | undefined> {
  const found = await readNamed(cfg, folder)
  if (!isGroup(found.content) || !Array.isArray(found.content.databases)) return undefined
  const connections = namedConnections(checkTestConfiguration(found, warn))
  const connection = connections.find((one) => one.name === name)
  if (connection !== undefined) return connection
  const which = name === undefined ? 'it is not said of which database' : `${cfg} has no database ${name}`
  throw new UsageError(`cannot change the password: ${which}`, {
    hint: `Name one with --target: ${connections.map((one) => one.name).join(', ')}.`,
  })
}

function namedConnections({ file, restore, databases }: TestConfiguration) {
  return [
    { name: restore.name ?? 'restore', file, place: ['restore'], prefix: 'restore.', entry: restore },
    ...databases.map(({ name, prefix, entry }, index) => ({ name, file, place: ['databases', index], prefix, entry })),
  ]
}
