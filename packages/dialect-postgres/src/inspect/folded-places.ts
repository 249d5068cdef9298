import type { PlannedTable } from '@albackup/core'
import { parsePolicy } from '../policy.ts'
import { foldsCase } from '../types.ts'

/** Those of the places whose texts the target takes for the same whatever their case. */
export function foldedPlaces({ columns, policy }: PlannedTable, places: readonly number[]): readonly number[] {
  const parsed = parsePolicy(policy ?? {})
  return places.filter((place) => foldsCase(columns[place]!.source.logical, parsed))
}
