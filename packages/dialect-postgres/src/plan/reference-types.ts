import { type ForeignKey, fullName as sourceName, UsageError } from '@albackup/core'
import { columnType, typeSetting } from './column-types.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

/**
 * Throws a UsageError for a foreign key between types that PostgreSQL does not compare because the mapping asks for one of them.
 * What the source's own types make impossible is left to the server.
 */
export function requireComparable(child: TableDraft, parent: TableDraft, key: ForeignKey, planning: Planning): void {
  for (const [i, name] of key.columns.entries()) {
    const own = columnOf(child, name, planning)
    const referenced = columnOf(parent, key.references.columns[i]!, planning)
    const setting = own?.setting ?? referenced?.setting
    if (own === undefined || referenced === undefined || setting === undefined) continue
    if (isReferenceable(own.type, referenced.type)) continue
    const object = `${sourceName(child.source)}.${key.name}`
    throw new UsageError(
      `cannot use setting "${setting}": foreign key ${object} would compare ${own.type} with ${referenced.type}`,
      { hint: 'Give the columns of both sides the same type.' },
    )
  }
}

function columnOf({ source: table }: TableDraft, name: string, planning: Planning) {
  const column = table.columns.find((one) => one.name === name)
  if (column === undefined) return undefined
  return { type: columnType(table, column, planning).type, setting: typeSetting(table, column, planning) }
}

/** Types that are compared with each other, by the word for all of them. */
const FAMILIES: Readonly<Record<string, string>> = {
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  real: 'float',
  'double precision': 'float',
  varchar: 'text',
  text: 'text',
  date: 'timestamp',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
}

/** Into what families a column may refer whose values become theirs by an implicit cast. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  integer: ['numeric', 'float'],
  numeric: ['float'],
  text: ['char'],
  char: ['text'],
  citext: ['text'],
}

/** Whether PostgreSQL takes a foreign key of a column of the one type to one of the other (`ATAddForeignKeyConstraint`). */
export function isReferenceable(type: string, referenced: string): boolean {
  const [own, other] = [familyOf(type), familyOf(referenced)]
  if (own.collation !== other.collation) return false
  return own.family === other.family || (WIDER[own.family]?.includes(other.family) ?? false)
}

/** `"public".citext` is of an extension; `varchar(5) collate x` has a collation. */
function familyOf(type: string): { readonly family: string; readonly collation: string } {
  const [bare = '', collation = ''] = type.split(' collate ')
  const word = bare.replace(/\(.*$/, '').replace(/^.*\./, '')
  return { family: FAMILIES[word] ?? word, collation }
}
