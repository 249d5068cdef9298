import type { PlannedTable } from '@albackup/core'
import { DEFAULT_POLICY, type MssqlPolicy } from './policy.ts'

/** What of a plan the load and the look at the rows follow, with each table. A type, so that it is a `MappingPolicy` as it stands. */
export type ValuePolicy = Pick<MssqlPolicy, 'notANumber' | 'time'> & {
  /** The values come from another engine. */
  readonly migrated: boolean
  /** Of texts whose type says no other. */
  readonly collation: string
}

/** That of a table of a plan of this dialect. */
export function valuePolicy({ policy }: Pick<PlannedTable, 'policy'>): ValuePolicy {
  const { notANumber, time, text } = DEFAULT_POLICY
  return { notANumber, time, collation: text.collation, migrated: false, ...policy }
}
