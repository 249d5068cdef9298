import type { Context, Json, Range, Reader, RowBlock, Table } from '@albackup/core'
import { connect } from './connect.ts'
import type { PostgresConnection } from './connection-settings.ts'
import { HeldConnection } from './held-connection.ts'
import { readRows } from './read-rows.ts'
import { sourceError } from './server-errors.ts'

/** The name of an exported snapshot; null where each statement sees what is there by then. */
export interface SnapshotTicket {
  readonly [key: string]: Json
  readonly snapshot: string | null
}

/** Joins the snapshot of a source as long as that source's transaction is open. */
export async function openReader(connection: PostgresConnection, ticket: Json, context: Context): Promise<Reader> {
  const { snapshot } = ticket as SnapshotTicket
  const held = await openConnection(connection, context)
  try {
    if (snapshot !== null) await held.beginSnapshot(snapshot)
    return new PostgresReader(held, context)
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw sourceError(error, 'join the snapshot of the source')
  }
}

export async function openConnection(connection: PostgresConnection, context: Context): Promise<HeldConnection> {
  const connections = await connect(connection, context)
  try {
    return new HeldConnection(connections, await connections.take(), context)
  } catch (error) {
    await connections.close()
    throw error
  }
}

export class PostgresReader implements Reader {
  protected readonly connection: HeldConnection
  protected readonly context: Context

  constructor(connection: HeldConnection, context: Context) {
    this.connection = connection
    this.context = context
  }

  readRows(table: Table, range: Range | null): AsyncIterable<RowBlock> {
    return readRows(this.connection, table, range, this.context.signal, this.context.debug)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection[Symbol.asyncDispose]()
  }
}
