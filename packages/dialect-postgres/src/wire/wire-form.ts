import type { Column, NativeType, PlannedColumn } from '@albackup/core'

/**
 * How the values of a column travel, where its logical type alone does not tell. All but 'jsonb' are texts in the backup, those
 * that the type's output function makes (the fact `output`).
 * 'jsonb': the text with a version in front. 'numeric': binary, and of any length. 'text': as the text; a load casts it.
 */
export type WireForm = 'jsonb' | 'numeric' | 'text'

const FORMS: readonly WireForm[] = ['jsonb', 'numeric', 'text']

export function wireForm({ facts }: NativeType): WireForm | undefined {
  return FORMS.find((form) => form === facts?.wire)
}

/** A query's expression for the values of a column as the backup has them; `name` is quoted. */
export function backupExpression(column: Pick<Column, 'native' | 'logical'>, name: string): string {
  const { native, logical } = column
  // The output function of xml drops a line break at the beginning; serialised it is as it was stored.
  if (logical.kind === 'xml') return `xmlserialize(content ${name} as text)`
  const output = native.facts?.output
  return typeof output === 'string' ? `pg_catalog.textin(${output}(${name}))` : name
}

/** The form in which a column is loaded: that of its type in the source, where the target gives it the same. */
export function loadForm({ source, type }: PlannedColumn): WireForm | undefined {
  return withoutModifier(type) === withoutModifier(source.native.declaration) ? wireForm(source.native) : undefined
}

/** Lengths and scales do not change how values travel. */
function withoutModifier(declaration: string): string {
  return declaration.replace(/\([^()]*\)(?=[^"]*$)/, '')
}
