import type { Consistency } from '@albackup/core'
import { executeBatch } from './connect.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

export const NO_CONSISTENCY: Consistency = {
  level: 'none',
  verdict:
    'The tables were read one after another while others could write: a change made meanwhile may be in one table and not in another, and a row that moved may be missing or there twice.',
}

const SNAPSHOT: Consistency = {
  level: 'snapshot',
  verdict:
    'All rows are as they were at one point in time: they were read in one transaction under snapshot isolation.',
}

/** What decides whether the rows can be read in one snapshot. */
export interface SnapshotState {
  /** Of sys.databases: 1 when the database keeps the row versions that a snapshot needs. */
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

/** Begins the transaction that all rows are read in; nothing of the source is changed. */
export async function beginSnapshot(connection: ReadingConnection): Promise<Consistency> {
  await executeBatch(connection, 'set transaction isolation level snapshot\nbegin transaction')
  return SNAPSHOT
}
