import type { Column, Key, SchemaModel } from '@albackup/core'
import { quote } from '../../quote.ts'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { ignoresCase } from './declared-types.ts'

/** Texts that the source compares by rules of its own are compared by their characters. */
export function reportComparison(
  columns: Key['columns'],
  kind: string,
  object: string,
  { source }: TableDraft,
  { draft, model }: Planning,
): void {
  const unlike = source.columns.filter(
    (column) => columns.some(({ name }) => name === column.name) && hasOwnComparison(column, model),
  )
  if (unlike.length === 0) return
  const list = unlike.map(({ name, native }) => `${quote(name)} (${native.collation})`).join(', ')
  draft.find('changed', kind, object, `tells texts apart that the source may take for the same, in ${list}`)
}

function hasOwnComparison({ logical, native }: Column, model: SchemaModel): boolean {
  if (logical.kind !== 'text' || logical.comparison !== undefined || native.collation === undefined) return false
  if (native.declaration.endsWith('[]')) return false
  return !ignoresCase({ logical, native }, model)
}
