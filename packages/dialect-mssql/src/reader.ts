import {
  type Context,
  type Json,
  type Range,
  type Reader,
  type RowBlock,
  SourceError,
  type Table,
} from '@albackup/core'
import { connect, type Database } from './connect.ts'
import type { MssqlConnection } from './connection-settings.ts'
import { beginSnapshot, joinSnapshot } from './consistency/snapshot-transaction.ts'
import { type SnapshotTicket, ticketOf } from './consistency/ticket.ts'
import { quote } from './quote.ts'
import { readRows } from './read-rows.ts'
import { reasonOf, sourceError, transactionError } from './server-errors.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

const TRANSACTION_DEPTH = 'select @@trancount as [depth]'

/** Joins the point in time of a source, whose `share` waits until it has. */
export async function openReader(connection: MssqlConnection, json: Json, context: Context): Promise<Reader> {
  const ticket = ticketOf(json)
  const name = ticket?.level === 'database-snapshot' ? ticket.database : connection.database
  const database = await connect({ ...connection, database: name }, context)
  const reader = new MssqlReader(database, context)
  try {
    if (ticket?.level === 'snapshot') await reader.join(ticket)
    return reader
  } catch (error) {
    await database.close()
    throw sourceError(`cannot join the snapshot of database ${quote(name)}`, error)
  }
}

/** One connection, which reads one table at a time; under snapshot isolation in one transaction. */
export class MssqlReader implements Reader {
  protected readonly database: Database
  protected readonly context: Context
  /** The connection whose transaction is the snapshot; without one any connection will do. */
  private snapshot: ReadingConnection | undefined
  private snapshotEnded = false

  constructor(database: Database, context: Context) {
    this.database = database
    this.context = context
  }

  async *readRows(table: Table, range: Range | null): AsyncIterable<RowBlock> {
    const connection = await this.database.acquire()
    try {
      this.requireSnapshot(connection, table)
      const asError = this.snapshot === undefined ? sourceError : transactionError
      yield* readRows(connection, table, range, this.context, asError)
    } catch (error) {
      await this.lookAfterSnapshot(connection)
      throw error
    } finally {
      await this.database.release(connection)
    }
  }

  /** Begins the transaction that all rows are read in. */
  async begin(): Promise<void> {
    await this.database.withConnection(async (connection) => {
      await beginSnapshot(connection)
      this.snapshot = connection
    })
  }

  /** The same, seeing this very moment. */
  async join(ticket: SnapshotTicket): Promise<void> {
    await this.database.withConnection(async (connection) => {
      await joinSnapshot(connection, ticket)
      this.snapshot = connection
      this.snapshotEnded = false
    })
  }

  /** The snapshot's transaction has changed nothing, and ends with its connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close()
  }

  /** A new connection, or a new transaction, would read the rows of another point in time. */
  private requireSnapshot(connection: ReadingConnection, table: Table): void {
    if (this.snapshot === undefined || (this.snapshot === connection && !this.snapshotEnded)) return
    const what = this.snapshotEnded ? 'transaction' : 'connection'
    throw new SourceError(
      `cannot read table ${quote(table.schema, table.name)}: the ${what} that held the snapshot was lost`,
      { hint: 'Dump again.' },
    )
  }

  /** Some failures (a deadlock, a full version store) end the transaction and leave the connection as if nothing had been. */
  private async lookAfterSnapshot(connection: ReadingConnection): Promise<void> {
    if (this.snapshot !== connection || this.context.signal.aborted) return
    try {
      const [row] = await this.database.queryOn<{ readonly depth: number }>(connection, TRANSACTION_DEPTH)
      this.snapshotEnded = row?.depth === 0
    } catch (error) {
      this.context.debug(`the snapshot's transaction has ended: ${reasonOf(error)}`)
      this.snapshotEnded = true
    }
  }
}
