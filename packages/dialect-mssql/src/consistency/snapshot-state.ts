import { type ConsistencyLevel, SourceError } from '@albackup/core'
import { quote } from '../quote.ts'

/** What decides whether the rows can be read in one snapshot. */
export interface SnapshotState {
  /** Of sys.databases: 1 when the database keeps the row versions that a snapshot needs; 2 and 3 on the way to off and on. */
  readonly state: number
  readonly memoryOptimizedTables: number
}

export const SNAPSHOT_STATE = `
select cast(d.snapshot_isolation_state as int) as [state],
  (select count(*) from sys.tables t where t.is_memory_optimized = 1) as [memoryOptimizedTables]
from sys.databases d where d.name = db_name()`

/** Memory-optimised tables cannot be read by a session at this level (error 41332). */
export function allowsSnapshot(state: SnapshotState | undefined): boolean {
  return state?.state === 1 && state.memoryOptimizedTables === 0
}

/**
 * The level to read at: what was asked for, else the best that the database allows as it is. Throws a SourceError when a
 * snapshot was asked for and cannot be had.
 */
export function chooseLevel(
  asked: ConsistencyLevel | undefined,
  state: SnapshotState | undefined,
  database: string,
): ConsistencyLevel {
  if (asked === undefined) return allowsSnapshot(state) ? 'snapshot' : 'none'
  if (asked === 'snapshot' && !allowsSnapshot(state)) throw refusal(state, database)
  return asked
}

function refusal(state: SnapshotState | undefined, database: string): SourceError {
  const cannot = `cannot read database ${quote(database)} in one snapshot`
  if (state?.state === 1) {
    return new SourceError(
      `${cannot}: it has ${state.memoryOptimizedTables} memory-optimised tables, which snapshot isolation cannot read`,
      { hint: 'Use --consistency none, or from SQL Server 2019 on database-snapshot.' },
    )
  }
  const reason = state?.state === 3 ? 'snapshot isolation is still being switched on' : 'it has snapshot isolation off'
  return new SourceError(`${cannot}: ${reason}`, {
    hint: `An administrator can allow it: alter database ${quote(database)} set allow_snapshot_isolation on. Or use --consistency database-snapshot, or none.`,
  })
}
