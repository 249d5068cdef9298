import type { NativeObject } from '@albackup/core'
import type { Planning } from '../planning.ts'
import { enumWords } from './declared-types.ts'

/** How the origin keeps its rows and finds its ways to them: nothing of the data, nor of what it means. */
const STORAGE = /\b(setting|statistics)$/

const OF_PARTITION = /^alter index .* attach partition /

/** What becomes of an object that only another engine understands. Grants and the like are for the user to give again, and need no word for each. */
export function reportForeignObject(object: NativeObject, { model, draft }: Planning): void {
  const { kind, name, statements, onRequest } = object
  if (onRequest === true) return
  if (kind === 'type') {
    const values =
      enumWords(name, model) === undefined ? 'as the source writes its values' : 'checked to be one of its words'
    draft.find('changed', kind, name, `is no type of its own: columns of it are texts, ${values}`)
  } else if (STORAGE.test(kind)) {
    draft.find('info', kind, name, 'is left out: SQL Server has no such thing')
  } else if (statements.some((sql) => OF_PARTITION.test(sql))) {
    draft.find('info', kind, name, 'is left out: its table has the rows of all partitions, and an index over them')
  } else {
    draft.find('lost', kind, name, 'is left out: SQL Server has no such object')
  }
}
