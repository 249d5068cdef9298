import { UsageError } from '@albackup/core'
import { checkKeys, wrongValue } from './check-configuration.ts'
import type { ConnectionEntry } from './configuration.ts'
import { isGroup, type KeyRule, TARGET_KEYS } from './keys.ts'
import { type FoundContent, readNamed } from './read-configuration.ts'

/** The file of `albackup test-all`, checked; docs/test-all.md describes its keys. */
export interface TestConfiguration {
  readonly file: string
  /** The scratch database: each database is restored into it, after it was dropped and made anew. */
  readonly restore: ConnectionEntry & { readonly name?: string }
  readonly databases: readonly TestedDatabase[]
}

export interface TestedDatabase {
  readonly name: string
  /** Where it is in the file, before its keys: 'databases[0].'. */
  readonly prefix: string
  readonly entry: ConnectionEntry
  readonly skip: boolean
  readonly comment: string | null
  readonly checkRI: boolean
  /** Another name for the scratch database. */
  readonly restoreName: string | null
}

const text = TARGET_KEYS.db_name!
const flag = TARGET_KEYS.allow_restore!

const RESTORE_KEYS: Readonly<Record<string, KeyRule>> = { ...TARGET_KEYS, name: text }
const DATABASE_KEYS: Readonly<Record<string, KeyRule>> = { ...TARGET_KEYS, name: text, skip: flag, restore_name: text }
const FILE_KEYS: Readonly<Record<string, KeyRule>> = {
  restore: { expected: 'an object', holds: isGroup },
  databases: { expected: 'a list of objects', holds: (value) => Array.isArray(value) && value.every(isGroup) },
}

/** All keys of the file, with those inside `restore` and an entry of `databases`; docs/test-all.md has the same. */
export const TEST_KEYS = { file: FILE_KEYS, restore: RESTORE_KEYS, database: DATABASE_KEYS } as const

/** Throws a UsageError that names file, key and what was expected. */
export async function readTestConfiguration(
  named: string,
  folder: string,
  warn: (message: string) => void,
): Promise<TestConfiguration> {
  return checkTestConfiguration(await readNamed(named, folder), warn)
}

export function checkTestConfiguration(
  { file, content }: FoundContent,
  warn: (message: string) => void,
): TestConfiguration {
  if (!isGroup(content)) throw new UsageError(`cannot use configuration ${file}: expected an object at the top`)
  checkKeys(file, '', content, FILE_KEYS, warn)
  const { restore, databases } = content
  if (!isGroup(restore)) throw wrongValue(file, 'restore', 'an object with the scratch database')
  if (!Array.isArray(databases)) throw wrongValue(file, 'databases', 'a list of databases')
  checkKeys(file, 'restore.', restore, RESTORE_KEYS, warn)
  const tested = databases.map((entry, index) => checkDatabase(file, `databases[${index}].`, entry, warn))
  refuseSameNames(file, tested)
  return { file, restore, databases: tested }
}

function checkDatabase(
  file: string,
  prefix: string,
  content: Readonly<Record<string, unknown>>,
  warn: (message: string) => void,
): TestedDatabase {
  checkKeys(file, prefix, content, DATABASE_KEYS, warn)
  const { name, skip = false, comment, enable_ri_check = true, restore_name = null, ...entry } = content
  if (typeof name !== 'string') throw wrongValue(file, `${prefix}name`, 'a text that is not empty')
  return {
    name,
    prefix,
    entry,
    skip: skip === true,
    comment: typeof comment === 'string' ? comment : null,
    checkRI: enable_ri_check === true,
    restoreName: typeof restore_name === 'string' ? restore_name : null,
  }
}

/** Reports are named for the databases; case does not tell files apart everywhere. */
function refuseSameNames(file: string, databases: readonly TestedDatabase[]): void {
  const names = databases.map(({ name }) => name.toLowerCase())
  const same = databases.find((_, index) => names.indexOf(names[index]!) !== index)
  if (same === undefined) return
  throw new UsageError(`cannot use configuration ${file}: two databases are named ${same.name}`, {
    hint: `Give ${same.prefix}name another text; reports are named for it.`,
  })
}
