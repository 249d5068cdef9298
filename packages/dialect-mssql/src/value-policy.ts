import type { PlannedTable } from '@albackup/core'
import { DEFAULT_POLICY, type MssqlPolicy } from './policy.ts'

/** What of a plan the load and the look at the rows follow, with each table. A type, so that it is a `MappingPolicy` as it stands. */
export type ValuePolicy = Pick<MssqlPolicy, 'notANumber' | 'time'> & {
  /** The values come from another engine. */
  readonly migrated: boolean
}

/** That of a table of a plan of this dialect. */
export function valuePolicy({ policy }: Pick<PlannedTable, 'policy'>): ValuePolicy {
  const { notANumber, time } = DEFAULT_POLICY
  return { notANumber, time, migrated: false, ...policy }
}
