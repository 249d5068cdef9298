import { type Check, type ForeignKey, type Index, type Key, fullName as sourceName, type Table } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { textFact } from '../../native-facts.ts'
import type { Draft } from '../planning.ts'

/** What a server before `since` does not understand in the definition of a key, an index or a constraint, as which fact it is known, and what it can have instead. */
const NEWER_WORDS = [
  {
    since: 150000,
    words: / NULLS NOT DISTINCT/,
    fact: 'nullsNotDistinct',
    instead: '',
    message: 'allows any number of rows with NULL: PostgreSQL can forbid that from 15 on',
  },
  {
    since: 150000,
    words: /(?<= ON DELETE SET (NULL|DEFAULT)) \(.*?\)(?= DEFERRABLE| NOT VALID|$)/,
    fact: null,
    instead: '',
    message: 'sets all its columns when a row is deleted: PostgreSQL can choose some from 15 on',
  },
  {
    since: 180000,
    words: / NOT ENFORCED/,
    fact: 'notEnforced',
    instead: ' NOT VALID',
    message: 'is enforced for new rows: PostgreSQL can leave that out from 18 on',
  },
] as const

/** The part with a definition that the target understands; what that changes is a finding. */
export function fitDefinition<T extends Key | Index | Check | ForeignKey>(
  table: Table,
  part: T,
  kind: string,
  { version }: TargetFacts,
  draft: Draft,
): T {
  const definition = textFact(part.native, 'definition')
  if (definition === undefined) return part
  const newer = NEWER_WORDS.filter(({ since, words }) => version < since && words.test(definition))
  for (const { message } of newer) draft.find('changed', kind, `${sourceName(table)}.${part.name}`, message)
  const fitted = newer.reduce((text, { words, instead }) => text.replace(words, instead), definition)
  if (newer.length === 0) return part
  const gone = new Set<string | null>(newer.map(({ fact }) => fact))
  const kept = Object.fromEntries(Object.entries(part.native ?? {}).filter(([fact]) => !gone.has(fact)))
  return { ...part, native: { ...kept, definition: fitted } }
}
