import { commentOn, fullName } from '../ddl.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

export function planTableComments({ source, target, carried }: TableDraft, { draft }: Planning): void {
  const table = fullName(target)
  const comment = (kind: string, name: string, text: string | undefined) => {
    if (text !== undefined) draft.add('objects', { kind: 'comment', object: name, sql: commentOn(kind, name, text) })
  }
  comment('table', table, source.comment)
  for (const column of source.columns) {
    const name = carried.get(column.name)
    if (name !== undefined) comment('column', `${table}.${quote(name)}`, column.comment)
  }
}

export function planSchemaComments({ model, names, draft }: Planning): void {
  for (const { name, comment } of model.schemas) {
    if (comment === undefined) continue
    const schema = quote(names.schema(name))
    draft.add('objects', { kind: 'comment', object: schema, sql: commentOn('schema', schema, comment) })
  }
}
