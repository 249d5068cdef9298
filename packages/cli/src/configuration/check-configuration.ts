import { UsageError } from '@albackup/core'
import { closest } from '../closest.ts'
import type { Configuration, ConnectionEntry } from './configuration.ts'
import { FILE_KEYS, IGNORED_KEYS, isGroup, type KeyRule, TARGET_KEYS } from './keys.ts'

/**
 * Makes a Configuration of what a file holds. Throws a UsageError that names file, key and what was expected;
 * `warn` hears of keys that mean nothing.
 */
export function checkConfiguration(file: string, content: unknown, warn: (message: string) => void): Configuration {
  if (!isGroup(content)) throw new UsageError(`cannot use configuration ${file}: expected an object at the top`)
  checkKeys(file, '', content, FILE_KEYS, warn)
  const { targets = {}, include = [], exclude = [], codec, jobs, mapping = {}, ...own } = content
  for (const [name, entry] of Object.entries(targets as Record<string, unknown>)) {
    if (!isGroup(entry)) throw wrongValue(file, `targets.${name}`, 'an object')
    checkKeys(file, `targets.${name}.`, entry, TARGET_KEYS, warn)
  }
  // Every value has just been held against its rule, which is what these types say.
  return {
    file,
    own: own as ConnectionEntry,
    targets: targets as Configuration['targets'],
    include: include as readonly string[],
    exclude: exclude as readonly string[],
    ...(codec === undefined ? {} : { codec: codec as NonNullable<Configuration['codec']> }),
    ...(jobs === undefined ? {} : { jobs: jobs as number }),
    mapping: mapping as Configuration['mapping'],
  }
}

/** Throws a UsageError for a value that breaks its key's rule; `warn` hears of keys that mean nothing. */
export function checkKeys(
  file: string,
  prefix: string,
  content: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, KeyRule>>,
  warn: (message: string) => void,
): void {
  for (const [key, value] of Object.entries(content)) {
    if (IGNORED_KEYS.has(key)) continue
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    if (rule === undefined) {
      const meant = closest(key, Object.keys(rules))
      warn(
        `${file}: key ${prefix}${key} is not known and ignored${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      )
    } else if (!rule.holds(value)) {
      throw wrongValue(file, prefix + key, rule.expected)
    }
  }
}

/** The value itself stays out of the message: it may be a password in the wrong place. */
export function wrongValue(file: string, key: string, expected: string): UsageError {
  return new UsageError(`cannot use configuration ${file}: ${key} must be ${expected}`, {
    hint: 'docs/configuration.md describes every key.',
  })
}
