import type { ForeignKey } from '@albackup/core'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'
import { caselessColumns } from './uniqueness.ts'

/** Says of a foreign key that a child may have found its parent by a text that was not quite the same. */
export function reportTextsOf(table: TableDraft, key: ForeignKey, object: string, planning: Planning): void {
  const names = caselessColumns(table, key.columns, planning)
  if (names.length === 0) return
  planning.draft.find(
    'changed',
    'foreign key',
    object,
    `tells upper from lower case in ${names.join(', ')}, which the source did not: a key that is written otherwise than its parent's breaks it; mapping.text.ignoreCase, "citext" or "icu", can keep that`,
  )
}
