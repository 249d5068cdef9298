import type { Consistency } from '@albackup/core'
import { executeBatch } from './connect.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

export const NO_CONSISTENCY: Consistency = {
  level: 'none',
  verdict:
    'The tables were read one after another, each as it was at that time: changes made meanwhile may be in one table and not in another.',
}

const SNAPSHOT: Consistency = {
  level: 'snapshot',
  verdict:
    'All rows are as they were at one point in time: they were read in one transaction under snapshot isolation.',
}

/** Of sys.databases. */
export const SNAPSHOT_STATE = `
select cast(d.snapshot_isolation_state as int) as [state] from sys.databases d where d.name = db_name()`

/** The state in which the database keeps the row versions that a snapshot needs. */
export const SNAPSHOT_ON = 1

/** Begins the transaction that all rows are read in; nothing of the source is changed. */
export async function beginSnapshot(connection: ReadingConnection): Promise<Consistency> {
  await executeBatch(connection, 'set transaction isolation level snapshot\nbegin transaction')
  return SNAPSHOT
}

/** Ends the transaction; it has changed nothing. */
export async function endSnapshot(connection: ReadingConnection): Promise<void> {
  await executeBatch(connection, 'if @@trancount > 0 commit transaction')
}
