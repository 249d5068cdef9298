import type { Check, Column } from '@albackup/core'
import { isNullable } from './columns.ts'
import { madeIdentity } from './identities.ts'
import type { TableDraft } from './table-draft.ts'

/** What the statements make of a column of the source: none, one, or one with its companion. `computed`: by names in the source. */
export function madeColumns(
  { columns }: Pick<TableDraft, 'columns'>,
  column: Column,
  computed: ReadonlyMap<string, Column>,
): readonly Column[] {
  const planned = columns.find(({ source }) => source === column)
  if (planned === undefined) {
    const made = computed.get(column.name)
    return made === undefined ? [] : [made]
  }
  const { name, type, companion, omitted } = planned
  if (omitted) return []
  const { logical, nullable } = column
  const made = { name, native: nativeType(type), logical, nullable: isNullable(column) }
  const counts = madeIdentity(column, type)
  return [
    { ...made, ...(counts !== undefined && { identity: counts }) },
    ...(companion === undefined
      ? []
      : [{ name: companion.name, native: nativeType(companion.type), logical, nullable }]),
  ]
}

/** `varchar(10) collate "dbo"."c"` in its two parts. */
export function nativeType(type: string): Column['native'] {
  const [declaration = type, collation] = type.split(' collate ')
  return collation === undefined ? { declaration } : { declaration, collation }
}

export function madeCheck(name: string, condition: string, trusted: boolean): Check {
  return { name, systemNamed: false, expression: { native: condition }, enabled: true, trusted }
}
