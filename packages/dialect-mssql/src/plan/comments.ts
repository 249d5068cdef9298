import { addDescription, describeSchema } from '../ddl.ts'
import { quote } from '../quote.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'
import type { TableDraft } from './tables.ts'

/** Descriptions (MS_Description) of what has one in the model; `levels` as sp_addextendedproperty counts them down. */
function planComment(comment: string | undefined, object: string, levels: readonly string[], planning: Planning): void {
  if (comment === undefined) return
  planning.draft.add('objects', { kind: 'description', object, sql: addDescription(comment, ...levels) })
}

/** What every new database of PostgreSQL says of its schema `public`. */
const USUAL = 'standard public schema'

export function planSchemaComments(planning: Planning): void {
  const { model, names } = planning
  for (const { name, comment } of model.schemas) {
    if (comment === undefined || comment === USUAL) continue
    const sql = describeSchema(comment, names.schema(name))
    planning.draft.add('objects', { kind: 'description', object: sourceName(planning, name), sql })
  }
  for (const type of model.types) {
    const levels = ['SCHEMA', names.schema(type.schema), 'TYPE', type.name]
    if (isOwn(planning)) planComment(type.comment, quote(type.schema, type.name), levels, planning)
  }
  for (const sequence of model.sequences) {
    const target = names.of(sequence)
    const levels = ['SCHEMA', target.schema, 'SEQUENCE', target.name]
    planComment(sequence.comment, sourceName(planning, sequence.schema, sequence.name), levels, planning)
  }
}

export function planTableComments({ source, planned, object, made, indexes }: TableDraft, planning: Planning): void {
  const { schema, name: table } = planning.names.of(source)
  const levels = ['SCHEMA', schema, 'TABLE', table]
  planComment(source.comment, object, levels, planning)
  const { schema: madeSchema } = planning.draft
  const own = isOwn(planning)
  if (!own && source.comment !== undefined) madeSchema.comment(planned, source.comment)
  const of = (name: string) => `${object}.${sourceName(planning, name)}`
  for (const { name, comment } of source.columns.filter((column) => made.has(column.name))) {
    const target = planning.names.column(source, name)
    planComment(comment, of(name), [...levels, 'COLUMN', target], planning)
    if (!own && comment !== undefined) madeSchema.columnComment(planned, target, comment)
  }
  for (const { name, comment } of source.indexes) {
    const made = indexes.get(name)
    if (made !== undefined) planComment(comment, of(name), [...levels, 'INDEX', made], planning)
  }
}
