import { quote } from '../quote.ts'
import { mapType, type TypeRow } from './column-type.ts'

/** The type as a declaration names it: an alias by its name. `object`: whose type it is, for messages. */
export function declaredType(row: TypeRow, object: string): string {
  const { native } = mapType(row, object)
  if (native.alias !== undefined) {
    return native.alias.schema === 'sys' ? native.alias.name : quote(native.alias.schema, native.alias.name)
  }
  return native.declaration
}

/** ` collate …` for a type that has a collation of its own; an alias brings it along. */
export function collateClause(row: TypeRow, object: string): string {
  const { native } = mapType(row, object)
  return native.alias !== undefined || native.collation === undefined ? '' : ` collate ${native.collation}`
}
