import { addDescription, describeSchema } from '../ddl.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './tables.ts'

/** Descriptions (MS_Description) of what has one in the model; `levels` as sp_addextendedproperty counts them down. */
function planComment(comment: string | undefined, object: string, levels: readonly string[], planning: Planning): void {
  if (comment === undefined) return
  planning.draft.add('objects', { kind: 'description', object, sql: addDescription(comment, ...levels) })
}

export function planSchemaComments(planning: Planning): void {
  const { model, names } = planning
  for (const { name, comment } of model.schemas) {
    if (comment === undefined) continue
    const sql = describeSchema(comment, names.schema(name))
    planning.draft.add('objects', { kind: 'description', object: quote(name), sql })
  }
  for (const type of model.types) {
    const levels = ['SCHEMA', names.schema(type.schema), 'TYPE', type.name]
    planComment(type.comment, quote(type.schema, type.name), levels, planning)
  }
  for (const sequence of model.sequences) {
    const levels = ['SCHEMA', names.schema(sequence.schema), 'SEQUENCE', sequence.name]
    planComment(sequence.comment, quote(sequence.schema, sequence.name), levels, planning)
  }
}

export function planTableComments({ source, object }: TableDraft, planning: Planning): void {
  const levels = ['SCHEMA', planning.names.schema(source.schema), 'TABLE', source.name]
  planComment(source.comment, object, levels, planning)
  for (const { name, comment } of source.columns) {
    planComment(comment, `${object}.${quote(name)}`, [...levels, 'COLUMN', name], planning)
  }
  for (const { name, comment } of source.indexes) {
    planComment(comment, `${object}.${quote(name)}`, [...levels, 'INDEX', name], planning)
  }
}
