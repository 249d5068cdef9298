import { neutralFullName } from './neutral-form.ts'
import type { Plane } from './normal-form.ts'
import { pairSchemas } from './pair-schemas.ts'
import type { SchemaModel, Table } from './schema-model.ts'
import { fullName } from './scope.ts'

/** The tables that are the same table in both models, in the order of A: by the rules of `compareModels`. */
export function pairTables(a: SchemaModel, b: SchemaModel, plane: Plane): readonly (readonly [Table, Table])[] {
  const found = plane === 'native' ? nativeFinder(b) : neutralFinder(a, b)
  return a.tables.flatMap((table) => {
    const other = found(table)
    return other === undefined ? [] : [[table, other] as const]
  })
}

type Finder = (table: Table) => Table | undefined

/** The name as it is written goes before the one that differs in case. */
function nativeFinder({ tables }: SchemaModel): Finder {
  const exact = new Map(tables.map((table) => [fullName(table), table]))
  const folded = new Map(tables.map((table) => [fullName(table).toLowerCase(), table]))
  return (table) => exact.get(fullName(table)) ?? folded.get(fullName(table).toLowerCase())
}

function neutralFinder(a: SchemaModel, b: SchemaModel): Finder {
  const renamed = pairSchemas(a, b).b.tables
  const places = new Map(renamed.map((table, place) => [neutralFullName(table), place]))
  return (table) => b.tables[places.get(neutralFullName(table)) ?? -1]
}
