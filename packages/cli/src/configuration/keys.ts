import { CODECS } from '@albackup/core'

/** What a key of the configuration file may hold. docs/configuration.md lists the same keys; a test compares the two. */
export interface KeyRule {
  /** For messages: `expected …`. */
  readonly expected: string
  holds(value: unknown): boolean
}

const text: KeyRule = {
  expected: 'a text that is not empty',
  holds: (value) => typeof value === 'string' && value !== '',
}
const flag: KeyRule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' }
const group: KeyRule = { expected: 'an object', holds: isGroup }
const patterns: KeyRule = {
  expected: 'a list of texts',
  holds: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
}

const CONNECTION_KEYS: Readonly<Record<string, KeyRule>> = {
  dialect: text,
  db_server: text,
  db_port: {
    expected: 'a whole number from 1 to 65535',
    holds: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535,
  },
  db_user: text,
  db_password: {
    expected: 'null or an encrypted password',
    holds: (value) => value === null || typeof value === 'string',
  },
  db_name: text,
  allow_restore: flag,
  enable_ri_check: flag,
  options: group,
}

export const TARGET_KEYS: Readonly<Record<string, KeyRule>> = { ...CONNECTION_KEYS, mapping: group }

export const FILE_KEYS: Readonly<Record<string, KeyRule>> = {
  ...CONNECTION_KEYS,
  targets: { expected: 'an object of targets by name', holds: isGroup },
  include: patterns,
  exclude: patterns,
  jobs: {
    expected: 'a whole number from 1 to 64',
    holds: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 64,
  },
  codec: { expected: `one of ${CODECS.join(', ')}`, holds: (value) => CODECS.some((codec) => codec === value) },
  mapping: {
    expected: 'an object of policies by dialect',
    holds: (value) => isGroup(value) && Object.values(value).every(isGroup),
  },
}

/** Allowed in every object and ignored: notes of people and of editors. */
export const IGNORED_KEYS: ReadonlySet<string> = new Set(['comment', '$schema'])

/** A JSON object, not a list. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
