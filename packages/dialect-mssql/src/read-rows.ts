import {
  AvroWriter,
  BlockQueue,
  type Column,
  type Context,
  InterruptedError,
  type Range,
  type RowBlock,
  storedColumns,
  type Table,
} from '@albackup/core'
import { Request } from 'tedious'
import { quote } from './quote.ts'
import { readFailure } from './read-failure.ts'
import { sourceError } from './server-errors.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'
import { ResponseReader } from './wire/response-reader.ts'

/** Bytes of blocks that may wait for their taker: enough that neither side stands still, few enough to stay small. */
const WAITING_BYTES = 12 << 20

/**
 * Reads the rows of a table; one without stored columns has none. Whoever leaves early cancels the query, and the connection
 * can be used again. A failure is a SourceError, by way of `asError`.
 */
export async function* readRows(
  connection: ReadingConnection,
  table: Table,
  range: Range | null,
  context: Context,
  asError = sourceError,
): AsyncIterable<RowBlock> {
  if (storedColumns(table).length === 0) return
  const sql = selectStatement(table, range)
  context.debug(sql)
  const query = new Query(connection, storedColumns(table), sql)
  const abort = () => query.cancel(new InterruptedError('the job was stopped'))
  context.signal.addEventListener('abort', abort, { once: true })
  try {
    if (context.signal.aborted) throw new InterruptedError('the job was stopped')
    query.begin()
    for (let block = await query.take(); block !== undefined; block = await query.take()) yield block
  } catch (error) {
    throw readFailure(table, range, error, asError)
  } finally {
    context.signal.removeEventListener('abort', abort)
    await query.close()
  }
}

/** The columns are named by their numbers: they are told apart by their place, and odd names need not cross the wire. */
export function selectStatement(table: Table, range: Range | null): string {
  const columns = storedColumns(table).map((column, i) => `${quote(column.name)} as c${i}`)
  const where = range === null ? '' : ` where ${range.predicate}`
  return `select ${columns.join(', ')} from ${quote(table.schema, table.name)}${where}`
}

/** One SELECT under way. */
class Query {
  private readonly connection: ReadingConnection
  private readonly request: Request
  private readonly queue: BlockQueue
  private readonly reader: ResponseReader
  private readonly completed: Promise<void>
  private running = false

  constructor(connection: ReadingConnection, columns: readonly Column[], sql: string) {
    this.connection = connection
    let complete = () => {}
    this.completed = new Promise((resolve) => {
      complete = resolve
    })
    this.request = new Request(sql, (error) => {
      this.running = false
      if (error) this.queue.fail(error)
      else this.finish()
      complete()
    })
    this.queue = new BlockQueue(
      WAITING_BYTES,
      () => this.request.pause(),
      () => this.request.resume(),
    )
    this.reader = new ResponseReader(columns, new AvroWriter(), (block) => this.queue.push(block))
  }

  begin(): void {
    this.running = true
    this.connection.readNextInto({
      push: (payload) => this.reader.push(payload),
      fail: (error) => this.cancel(error),
    })
    this.connection.execSqlBatch(this.request)
  }

  take(): Promise<RowBlock | undefined> {
    return this.queue.take()
  }

  cancel(reason: unknown): void {
    this.queue.fail(reason)
    if (this.running) this.connection.cancel()
  }

  /** Cancels what is not finished, and waits until the connection is free. */
  async close(): Promise<void> {
    if (!this.running) return
    this.cancel(new InterruptedError('the rows are not wanted any more'))
    await this.completed
  }

  private finish(): void {
    try {
      this.reader.end()
      this.queue.end()
    } catch (error) {
      this.queue.fail(error)
    }
  }
}
