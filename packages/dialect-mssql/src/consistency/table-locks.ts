import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, QualifiedName } from '@albackup/core'
import { connect, type Database, executeBatch } from '../connect.ts'
import type { MssqlConnection } from '../connection-settings.ts'
import { quote } from '../quote.ts'
import { serverErrorNumber } from '../server-errors.ts'
import type { ReadingConnection } from '../wire/reading-connection.ts'
import { readOneRowOf } from './snapshot-transaction.ts'

/** While the locks are asked for, writers of the tables that are locked already wait: so not for long. */
const LOCK_TIMEOUT_MS = 2000
const ATTEMPT_TIMEOUT_MS = 6000
/** Besides, for each table: to compile its statement takes a server about a millisecond. */
const TABLE_TIMEOUT_MS = 2
/** Milliseconds between the attempts, in which the writers can go on. */
const PAUSES = [250, 500, 1000, 2000, 4000] as const

const LET_GO = 'if @@trancount > 0 rollback transaction'
const LET_GO_TIMEOUT_MS = 5000

const LOCK_SESSION = [
  'set nocount on',
  // In a deadlock it is this session that has to give way.
  'set deadlock_priority low',
  `set lock_timeout ${LOCK_TIMEOUT_MS}`,
].join('\n')

/** Shared locks on tables, held by a connection of its own until they are released: others may read, and nobody may write. */
export class TableLocks implements AsyncDisposable {
  private readonly database: Database
  private readonly connection: ReadingConnection
  private readonly context: Context

  private constructor(database: Database, connection: ReadingConnection, context: Context) {
    this.database = database
    this.connection = connection
    this.context = context
  }

  /** Throws the server's error (1222) when they cannot be had within some seconds. */
  static async take(
    settings: MssqlConnection,
    tables: readonly QualifiedName[],
    context: Context,
    pauses: readonly number[] = PAUSES,
  ): Promise<TableLocks> {
    const database = await connect(settings, context)
    const connection = await database.acquire()
    const locks = new TableLocks(database, connection, context)
    try {
      await executeBatch(connection, LOCK_SESSION)
      await locks.acquire(tables, pauses)
      return locks
    } catch (error) {
      await locks[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The rows of a statement of the session that holds the locks. */
  query<Row>(sql: string): Promise<readonly Row[]> {
    return this.database.queryOn<Row>(this.connection, sql)
  }

  /** The locks end at once, or, where the server does not answer any more, with their connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.connection.closed) await executeBatch(this.connection, LET_GO, { timeout: LET_GO_TIMEOUT_MS })
    } catch (error) {
      this.context.debug(`the locks end with their connection: ${String(error)}`)
    }
    await this.database.release(this.connection)
    await this.database.close()
  }

  /** Whether the transaction that holds them is still there. */
  async areHeld(): Promise<boolean> {
    const [row] = await this.query<{ readonly depth: number }>('select @@trancount as [depth]')
    return row !== undefined && row.depth > 0
  }

  private async acquire(tables: readonly QualifiedName[], pauses: readonly number[]): Promise<void> {
    const { signal } = this.context
    const statement = lockStatement(tables)
    const timeout = ATTEMPT_TIMEOUT_MS + tables.length * TABLE_TIMEOUT_MS
    for (let attempt = 0; ; attempt++) {
      try {
        this.context.debug(statement)
        return await executeBatch(this.connection, statement, { signal, timeout })
      } catch (error) {
        const pause = pauses[attempt]
        if (pause === undefined || !isBusy(error)) throw error
        this.context.debug(`the tables are being written to, attempt ${attempt + 1}: ${String(error)}`)
        await executeBatch(this.connection, LET_GO)
        await sleep(pause, undefined, { signal })
      }
    }
  }
}

/**
 * In one and the same order in every dump, so that two dumps do not wait for each other in a circle. The first lock that cannot
 * be had ends it all; afterwards a failure (a view that the login may not look at) is not to end the transaction.
 */
function lockStatement(tables: readonly QualifiedName[]): string {
  const names = tables.map(({ schema, name }) => quote(schema, name)).sort()
  const take = readOneRowOf(names, ' with (tablock, holdlock)')
  return ['set xact_abort on', 'begin transaction', take, 'set xact_abort off'].join('\n')
}

/** Someone holds a lock: the time for one lock or for all of them is over, or the server chose this session in a deadlock. */
function isBusy(error: unknown): boolean {
  const number = serverErrorNumber(error)
  return number === 1222 || number === 1205 || (error instanceof Error && Reflect.get(error, 'code') === 'ETIMEOUT')
}
