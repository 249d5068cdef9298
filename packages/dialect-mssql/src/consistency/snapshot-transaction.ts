import { executeBatch } from '../connect.ts'
import type { ReadingConnection } from '../wire/reading-connection.ts'
import type { SnapshotTicket } from './ticket.ts'

/** Begins the transaction that all rows are read in; nothing of the source is changed. It sees the moment of its first read. */
export async function beginSnapshot(connection: ReadingConnection): Promise<void> {
  await executeBatch(connection, 'set transaction isolation level snapshot\nbegin transaction')
}

/** Begins a transaction that sees this very moment, anew where one is open already. */
export async function joinSnapshot(connection: ReadingConnection, { touch, mark }: SnapshotTicket): Promise<void> {
  await executeBatch(connection, `set context_info 0x${mark}`)
  await executeBatch(connection, 'if @@trancount > 0 rollback transaction')
  await beginSnapshot(connection)
  if (touch !== null) await executeBatch(connection, readOneRowOf([touch]))
}

/**
 * Reads a row of each table, if it has one, and sends nothing. Not `top (0)`: the server would know the answer without opening
 * the table, so that it would neither lock it nor begin a snapshot.
 */
export function readOneRowOf(tables: readonly string[], hints = ''): string {
  return ['declare @one int', ...tables.map((table) => `select top (1) @one = 1 from ${table}${hints}`)].join('\n')
}
