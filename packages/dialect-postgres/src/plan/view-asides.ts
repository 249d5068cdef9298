import type { Aside, ViewQuery } from '@albackup/core'
import type { Draft } from './planning.ts'

const WORDS: Readonly<Record<Aside, string>> = {
  order: 'has no ORDER BY: SQL promises no order of the rows of a view',
  locks: 'has no hints about locks: readers never wait for writers in PostgreSQL, nor read what is not committed',
  'join method': 'has no hints how to join: PostgreSQL chooses by its statistics',
  rights: 'is read with the rights of its owner',
}

/** What a view's text says besides its query, and its translation does not. */
export function reportAsides(object: string, { aside = [] }: ViewQuery, draft: Draft): void {
  for (const one of aside) draft.find('info', 'view', object, WORDS[one])
}
