import { commentOn, fullName } from '../ddl.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

/** `kind` and `name` as PostgreSQL writes them; nothing where there is no comment. */
export function planComment(kind: string, name: string, comment: string | undefined, { draft }: Planning): void {
  if (comment === undefined) return
  draft.add('objects', { kind: 'comment', object: name, sql: commentOn(kind, name, comment) })
}

export function planTableComments({ source, target, carried }: TableDraft, planning: Planning): void {
  const table = fullName(target)
  planComment('table', table, source.comment, planning)
  if (source.comment !== undefined) planning.draft.schema.comment(target, source.comment)
  for (const column of source.columns) {
    const name = carried.get(column.name)
    if (name === undefined) continue
    if (column.comment !== undefined) planning.draft.schema.columnComment(target, name, column.comment)
    planComment('column', `${table}.${quote(name)}`, column.comment, planning)
  }
}

export function planSchemaComments(planning: Planning): void {
  const { model, names } = planning
  for (const { name, comment } of model.schemas) {
    if (comment === undefined) continue
    planning.draft.schema.schemas.push({ name: names.schema(name), comment })
    planComment('schema', quote(names.schema(name)), comment, planning)
  }
}
