import { commentOn, fullName } from '../../ddl.ts'
import { quote } from '../../quote.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** What every database says of its schema "public", which not everybody may say again. */
const PUBLIC_COMMENT = 'standard public schema'

/** Comments of schemas, domains, sequences, tables, columns and indexes; those of other things are objects of the model. */
export function planNativeComments({ model, draft }: NativePlanning): void {
  const add = (kind: string, name: string, comment: string | undefined) => {
    if (comment !== undefined)
      draft.add('objects', { kind: 'comment', object: name, sql: commentOn(kind, name, comment) })
  }
  for (const { name, comment } of model.schemas) {
    if (name !== 'public' || comment !== PUBLIC_COMMENT) add('schema', quote(name), comment)
  }
  for (const type of model.types) add('domain', fullName(type), type.comment)
  for (const sequence of model.sequences) add('sequence', fullName(sequence), sequence.comment)
  for (const table of model.tables) {
    add('table', fullName(table), table.comment)
    for (const { name, comment } of table.columns) add('column', `${fullName(table)}.${quote(name)}`, comment)
    for (const { name, comment } of table.indexes) add('index', quote(table.schema, name), comment)
  }
}
