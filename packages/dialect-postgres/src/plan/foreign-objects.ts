import type { Finding, NativeObject } from '@albackup/core'
import type { Planning } from './planning.ts'

type Word = readonly [severity: Finding['severity'], message: string]

const OTHER_LANGUAGE = "is left out, its text is in another language than PostgreSQL's"

/** What a user is to know of objects of a kind that PostgreSQL has something else for. */
const WORDS: Readonly<Record<string, Word>> = {
  'security policy': ['lost', 'is left out: rows are shown to all who may read the table; see CREATE POLICY'],
  synonym: ['lost', 'is left out: PostgreSQL has none; a view can take the place of one of a table'],
  'table type': ['lost', 'is left out: PostgreSQL has none; an array of a composite type can take its place'],
  'index of a view': [
    'lost',
    'is left out: PostgreSQL indexes no view but a materialized one, which is to be refreshed',
  ],
  'numbered procedure': ['lost', OTHER_LANGUAGE],
  'database trigger': ['lost', `${OTHER_LANGUAGE}; see CREATE EVENT TRIGGER`],
  'extended property': [
    'lost',
    'is left out: of such only descriptions of schemas, types, sequences, tables, columns and indexes are carried, as comments',
  ],
  'sensitivity classification': ['lost', 'is left out: see SECURITY LABEL and COMMENT'],
  'full-text index': ['lost', 'is left out: see to_tsvector and GIN indexes'],
  'xml schema collection': ['lost', 'is left out: PostgreSQL checks no XML against a schema'],
  assembly: ['lost', 'is left out: PostgreSQL runs no code of .NET'],
  'partition function': ['info', 'is left out: a table is one with the rows of all its partitions'],
  'partition scheme': ['info', 'is left out: a table is one with the rows of all its partitions'],
  statistics: ['info', 'is left out: PostgreSQL makes its own; see CREATE STATISTICS for several columns'],
  'plan guide': ['info', 'is left out: PostgreSQL has no hints'],
}

/** What becomes of objects that only another engine understands. Grants and the like are for the user to give again, and need no word for each. */
export function reportForeignObjects({ model, draft }: Pick<Planning, 'model' | 'draft'>): void {
  for (const object of model.objects ?? []) {
    if (object.onRequest === true) continue
    const [severity, message] = wordOf(object)
    draft.find(severity, object.kind, object.name, message)
  }
}

function wordOf({ kind }: NativeObject): Word {
  return Object.hasOwn(WORDS, kind) ? WORDS[kind]! : ['lost', 'is left out, PostgreSQL has no such object']
}
