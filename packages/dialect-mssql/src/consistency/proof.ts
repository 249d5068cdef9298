import { isDenied } from '../server-errors.ts'
import type { TableLocks } from './table-locks.ts'
import type { SnapshotTicket } from './ticket.ts'

/** The views need VIEW SERVER STATE (VIEW DATABASE STATE on Azure), which a login that backs up need not have. */
const LOCKS_HELD = `
select count(distinct l.resource_associated_entity_id) as [locks]
from sys.dm_tran_locks l
where l.request_session_id = @@spid and l.resource_database_id = db_id() and l.resource_type = 'OBJECT'
  and l.request_mode = 'S' and l.request_status = 'GRANT'`

function snapshotsOf(mark: string): string {
  return `
select count(*) as [sessions], sum(case when t.is_snapshot = 1 then 1 else 0 end) as [snapshots]
from sys.dm_exec_sessions s
left join sys.dm_tran_active_snapshot_database_transactions t on t.session_id = s.session_id
where cast(s.context_info as binary(16)) = 0x${mark}`
}

/** How many tables the server says are locked by this session; undefined when the login may not know. */
export async function locksHeld(locks: TableLocks): Promise<number | undefined> {
  const row = await ifAllowed(locks.query<{ readonly locks: number }>(LOCKS_HELD))
  return row?.locks
}

/** Whether the server lists a snapshot for each session that shares, while it still lists the locks. */
export async function isProven(locks: TableLocks, { mark, touch }: SnapshotTicket): Promise<boolean> {
  const row = await ifAllowed(locks.query<{ readonly sessions: number; readonly snapshots: number }>(snapshotsOf(mark)))
  if (row === undefined || touch === null) return false
  const held = await locksHeld(locks)
  return held !== undefined && held > 0 && row.sessions > 0 && row.snapshots === row.sessions
}

async function ifAllowed<Row>(rows: Promise<readonly Row[]>): Promise<Row | undefined> {
  try {
    return (await rows)[0]
  } catch (error) {
    if (isDenied(error)) return undefined
    throw error
  }
}
