import type { PlannedTable } from '@albackup/core'
import { parsePolicy } from '../policy.ts'
import { foldsCase } from '../types.ts'

/** Where columns of the source stand in the planned table; undefined when the target has not got one of them. */
export function placesOf({ columns }: PlannedTable, names: readonly string[]): readonly number[] | undefined {
  const places = names.map((name) => columns.findIndex(({ source, omitted }) => source.name === name && !omitted))
  return places.includes(-1) ? undefined : places
}

/** Those of the places whose texts the target takes for the same whatever their case. */
export function foldedPlaces({ columns, policy }: PlannedTable, places: readonly number[]): readonly number[] {
  const parsed = parsePolicy(policy ?? {})
  return places.filter((place) => foldsCase(columns[place]!.source.logical, parsed))
}
