import { setImmediate } from 'node:timers/promises'
import {
  type Context,
  DamagedBackupError,
  DataError,
  InterruptedError,
  type LoadFacts,
  type LoadOptions,
  type Loss,
  type PlannedTable,
  type RowBytes,
  TargetError,
  untilAborted,
} from '@albackup/core'
import { BulkDestination } from './bulk-destination.ts'
import { type Database, executeBatch } from './connect.ts'
import { quote } from './quote.ts'
import { isAboutStatement, targetError } from './server-errors.ts'
import { valuePolicy } from './value-policy.ts'
import { bulkMessage } from './wire/encode/bulk-message.ts'
import { pairColumns } from './wire/encode/column-pair.ts'
import { RowEncoder } from './wire/encode/row-encoder.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

/** Milliseconds that are waited for a server to have undone a load. */
const ROLLBACK_TIMEOUT = 60_000

/**
 * All rows in one transaction, or none; one `insert bulk` for all of them, so that a server with minimal logging writes no log
 * of the rows. The facts are those of the Avro rows that reading the table back gives, without the columns whose values the
 * server makes: for rows of values that all have their place in a table of the same columns, those of the backup's own rows.
 */
export async function bulkLoad(
  database: Database,
  table: PlannedTable,
  blocks: AsyncIterable<RowBytes>,
  options: LoadOptions,
  context: Context,
): Promise<LoadFacts> {
  const rows = new Blocks(blocks, context.signal)
  try {
    return await database.withConnection((connection) => load(database, connection, table, rows, options, context))
  } catch (error) {
    throw rows.failure !== undefined && !context.signal.aborted ? rows.failure : loadError(error, table, rows, context)
  }
}

/** The facts that `bulkLoad` would give for the rows into the table as it is; sends none of them. */
export async function expectedFacts(
  database: Database,
  table: PlannedTable,
  blocks: AsyncIterable<RowBytes>,
  context: Context,
): Promise<LoadFacts> {
  const rows = new Blocks(blocks, context.signal)
  try {
    const pairs = await database.withConnection((connection) =>
      pairColumns(table, connection, (sql) => database.queryOn(connection, sql)),
    )
    const encoder = new RowEncoder(pairs, valuePolicy(table))
    const sent = pairs.filter(({ isSent }) => isSent).map(({ target }) => target)
    for await (const _ of bulkMessage(encoder, rows, sent));
    return { ...encoder.facts, losses: encoder.losses }
  } catch (error) {
    throw rows.failure !== undefined && !context.signal.aborted ? rows.failure : loadError(error, table, rows, context)
  }
}

/** The blocks until the job is stopped. A failure of theirs is no failure of the target, and stays what it is. */
class Blocks implements AsyncIterable<RowBytes> {
  failure: unknown
  /** How many rows were taken from the backup while more may come; 0 once all were. */
  rowsSoFar = 0
  private readonly blocks: AsyncIterable<RowBytes>
  private readonly signal: AbortSignal

  constructor(blocks: AsyncIterable<RowBytes>, signal: AbortSignal) {
    this.blocks = blocks
    this.signal = signal
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RowBytes> {
    try {
      for await (const block of untilAborted(this.blocks, this.signal)) {
        this.rowsSoFar += block.rows
        yield block
      }
      this.rowsSoFar = 0
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}

async function load(
  database: Database,
  connection: ReadingConnection,
  table: PlannedTable,
  blocks: AsyncIterable<RowBytes>,
  options: LoadOptions,
  context: Context,
): Promise<LoadFacts> {
  const name = quote(table.schema, table.name)
  const pairs = await pairColumns(table, connection, (sql) => database.queryOn(connection, sql))
  const encoder = new RowEncoder(pairs, valuePolicy(table))
  const destination = new BulkDestination(database, connection, name, pairs, options, context)
  try {
    await destination.begin()
    const taken = await destination.send(encoder, blocks)
    const { rows, digest } = encoder.facts
    if (taken !== rows) throw rowsKeptOut(rows, taken)
    if (options.refuseLoss && encoder.losses.length > 0) throw lossRefused(encoder.losses)
    await executeBatch(connection, 'commit transaction', context)
    return { rows, digest, losses: encoder.losses }
  } catch (error) {
    await rollBack(connection, destination)
    throw error
  }
}

async function rollBack(connection: ReadingConnection, { isBrokenOff }: BulkDestination): Promise<void> {
  try {
    await executeBatch(connection, 'if @@trancount > 0 rollback transaction', { timeout: ROLLBACK_TIMEOUT })
    // Not every server is ready for another bulk load after one that was broken off.
    if (isBrokenOff) await close(connection)
  } catch {
    // The end of the connection undoes it as well.
    await close(connection)
  }
}

/** The pool hears of it, so that the next user has another connection. */
async function close(connection: ReadingConnection): Promise<void> {
  connection.close()
  await setImmediate()
}

function rowsKeptOut(sent: number, taken: number): TargetError {
  return new TargetError(`${sent} rows were sent and ${taken} taken`, {
    hint: 'An index with IGNORE_DUP_KEY on the table may have kept some out.',
  })
}

function lossRefused(losses: readonly Loss[]): DataError {
  const list = losses.map(({ column, kind, count }) => {
    return `${quote(column)} ${kind.replaceAll('-', ' ')} in ${count === 1 ? 'a value' : `${count} values`}`
  })
  return new DataError(`values would be altered: ${list.join(', ')}`, {
    hint: 'Nothing of this table was kept. Without --fail-on-loss such values are altered and reported.',
  })
}

function loadError(error: unknown, table: PlannedTable, { rowsSoFar }: Blocks, { signal }: Context): unknown {
  const name = quote(table.schema, table.name)
  if (signal.aborted) return new InterruptedError(`cannot load table ${name}: the job was stopped`, { cause: error })
  if (error instanceof RangeError) {
    return new DamagedBackupError(`cannot load table ${name}: ${error.message}`, { cause: error })
  }
  const failure = targetError(`cannot load table ${name}`, error)
  // The server answers in the midst of the rows only when one of those that it has is the cause.
  const isAmong = rowsSoFar > 0 && isAboutStatement(error)
  return isAmong && failure instanceof TargetError && !failure.retryable ? amongRows(failure, rowsSoFar) : failure
}

function amongRows({ message, hint, cause, retryable }: TargetError, rows: number): TargetError {
  const details = { cause, retryable, ...(hint !== undefined && { hint }) }
  return new TargetError(`${message}, for one of the first ${rows} rows`, details)
}
