import type { Finding, NativeObject } from '@albackup/core'
import type { Planning } from '../planning.ts'
import { enumWords } from './declared-types.ts'

/** How the origin keeps its rows and finds its ways to them: nothing of the data, nor of what it means. */
const STORAGE = /\b(setting|statistics)$/

const OF_PARTITION = /^alter index .* attach partition /

type Word = readonly [severity: Finding['severity'], message: string]

/** What a user is to know of objects of a kind, where there is more to say than that they are not there. */
const WORDS: Readonly<Record<string, Word>> = {
  extension: ['info', 'is left out: columns of its types are texts, and what else needs it is named by itself'],
  'exclusion constraint': [
    'lost',
    'is left out: SQL Server has none; a trigger could refuse what it refused, or a unique key where it compares with = alone',
  ],
  index: [
    'lost',
    'is left out: SQL Server indexes columns and no expressions; an index over a computed column can take its place',
  ],
  'not null': [
    'lost',
    'is left out: not every row fulfils it, and in SQL Server every row must; a check can take its place',
  ],
  collation: ['info', 'is left out: mapping.text.collation says how texts are compared'],
  policy: ['lost', 'is left out: rows are shown to all who may read the table; see CREATE SECURITY POLICY'],
  'row security': ['lost', 'is left out: rows are shown to all who may read the table; see CREATE SECURITY POLICY'],
  rule: ['lost', 'is left out: SQL Server has none; a trigger INSTEAD OF can take its place'],
  comment: ['lost', 'is left out: only those of schemas, sequences, tables, columns and indexes are carried'],
  aggregate: ['lost', 'is left out: SQL Server has aggregates of assemblies alone'],
  'foreign table': ['lost', 'is left out: its rows are in another place; see CREATE EXTERNAL TABLE'],
}

const UNIQUE_INDEX: Word = [
  'lost',
  'is left out, and so rows are let in that it refused: SQL Server indexes columns and no expressions; a unique index over a computed column can take its place',
]

/** Of a materialized view: those of tables say which. */
const VIEW_INDEX: Word = [
  'lost',
  'is left out: it is of a materialized view; see indexed views of SQL Server, which keep their rows by a unique clustered index',
]

/** What becomes of an object that only another engine understands. Grants and the like are for the user to give again, and need no word for each. */
export function reportForeignObject(object: NativeObject, { model, draft }: Planning): void {
  const { kind, name, onRequest } = object
  if (onRequest === true) return
  if (kind === 'type') {
    const values =
      enumWords(name, model) === undefined ? 'as the source writes its values' : 'checked to be one of its words'
    draft.find('changed', kind, name, `is no type of its own: columns of it are texts, ${values}`)
    return
  }
  const [severity, message] = wordOf(object)
  draft.find(severity, kind, name, message)
}

function wordOf({ kind, statements, table }: NativeObject): Word {
  if (STORAGE.test(kind)) return ['info', 'is left out: SQL Server has no such thing']
  if (statements.some((sql) => OF_PARTITION.test(sql))) {
    return ['info', 'is left out: its table has the rows of all partitions, and an index over them']
  }
  if (kind === 'index' && table === undefined) return VIEW_INDEX
  if (kind === 'index' && statements.some((sql) => /^create unique /i.test(sql))) return UNIQUE_INDEX
  return Object.hasOwn(WORDS, kind) ? WORDS[kind]! : ['lost', 'is left out: SQL Server has no such object']
}
