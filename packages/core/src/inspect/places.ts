import type { PlannedTable } from '../dialect/dialect.ts'

/** Where columns of the source stand in the planned table; undefined when the target has not got one of them. */
export function placesOf({ columns }: PlannedTable, names: readonly string[]): readonly number[] | undefined {
  const places = names.map((name) => columns.findIndex(({ source, omitted }) => source.name === name && !omitted))
  return places.includes(-1) ? undefined : places
}
