import type { Context, LoadOptions, RowBytes } from '@albackup/core'
import { type Database, executeBatch } from './connect.ts'
import { quote, quoteText } from './quote.ts'
import { serverErrorNumber } from './server-errors.ts'
import { bulkMessage } from './wire/encode/bulk-message.ts'
import type { ColumnPair } from './wire/encode/column-pair.ts'
import type { RowEncoder } from './wire/encode/row-encoder.ts'
import type { TargetColumn } from './wire/encode/target-column.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'
import { sendBulkRows } from './wire/send-bulk-rows.ts'

/** A temporary table of the session: no other session sees it. */
const STAGE = '[#albackup_rows]'

/** So many rows without any value are inserted by one batch. */
const EMPTY_ROWS_AT_ONCE = 1000

/** Databases that do not lock a table for a bulk load. */
const withoutTableLock = new WeakSet<Database>()

/**
 * Where the rows of one load go: into the table by `insert bulk`; by way of a temporary table when the table has xml, of which
 * only a conversion with style 1 keeps white space between elements; or as rows of defaults when no column takes a value.
 */
export class BulkDestination {
  /** The session is not as it was: the load ended otherwise than well, or by the server's refusal of a row. */
  isBrokenOff = false
  private readonly database: Database
  private readonly connection: ReadingConnection
  private readonly table: string
  private readonly columns: readonly TargetColumn[]
  private readonly isStaged: boolean
  private readonly options: LoadOptions
  private readonly context: Context

  constructor(
    database: Database,
    connection: ReadingConnection,
    table: string,
    pairs: readonly ColumnPair[],
    options: LoadOptions,
    context: Context,
  ) {
    this.database = database
    this.connection = connection
    this.table = table
    this.columns = pairs.filter(({ isSent }) => isSent).map(({ target }) => target)
    this.isStaged = this.columns.some(({ isXml }) => isXml)
    this.options = options
    this.context = context
  }

  /** Begins the transaction; the server waits for rows. */
  async begin(): Promise<void> {
    const lock = !withoutTableLock.has(this.database)
    try {
      await this.prepare(lock)
    } catch (error) {
      if (!lock || this.columns.length === 0 || this.context.signal.aborted) throw error
      // A server may know no such lock, and a memory-optimised table has none; another cause fails again.
      await this.execute('if @@trancount > 0 rollback transaction')
      await this.prepare(false)
      withoutTableLock.add(this.database)
    }
  }

  /** Gives the number of rows that the table has taken. */
  async send(encoder: RowEncoder, blocks: AsyncIterable<RowBytes>): Promise<number> {
    const { signal } = this.context
    const pieces = bulkMessage(encoder, blocks, this.columns)
    if (this.columns.length === 0) return this.insertEmptyRows(encoder, pieces)
    // It would take as long as the server takes to undo what it has; the end of the connection undoes it as well.
    const stop = () => this.connection.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      const taken = await sendBulkRows(this.connection, pieces)
      if (this.isStaged) await this.insertStaged()
      return taken
    } catch (error) {
      // A session keeps IDENTITY_INSERT for a table whatever is rolled back.
      this.isBrokenOff = this.isStaged || serverErrorNumber(error) === undefined
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  private async prepare(lock: boolean): Promise<void> {
    await this.execute('begin transaction')
    if (this.columns.length === 0) return
    if (this.isStaged) await this.execute(`create table ${STAGE} (${this.columns.map(stagedColumn).join(', ')})`)
    await this.execute(this.bulkStatement(lock))
  }

  private bulkStatement(lock: boolean): string {
    const columns = this.columns.map(({ name, declaration }, i) => `${this.nameOf(name, i)} ${declaration}`)
    const options = ['keep_nulls']
    if (lock && !this.isStaged) options.push('tablock')
    if (this.options.intoExisting === true && !this.isStaged) options.push('check_constraints')
    return `insert bulk ${this.isStaged ? STAGE : this.table} (${columns.join(', ')}) with (${options.join(', ')})`
  }

  private nameOf(name: string, index: number): string {
    return this.isStaged ? `c${index}` : quote(name)
  }

  private async insertStaged(): Promise<void> {
    const names = this.columns.map(({ name }) => quote(name)).join(', ')
    const values = this.columns.map(({ isXml }, i) => (isXml ? `convert(xml, c${i}, 1)` : `c${i}`)).join(', ')
    const keepsIdentity = this.columns.some(({ identity }) => identity)
    const triggers = this.options.intoExisting === true ? await this.enabledTriggers() : []
    for (const trigger of triggers) await this.execute(`disable trigger ${trigger} on ${this.table}`)
    if (keepsIdentity) await this.execute(`set identity_insert ${this.table} on`)
    await this.execute(`insert into ${this.table} (${names}) select ${values} from ${STAGE}`)
    if (keepsIdentity) await this.execute(`set identity_insert ${this.table} off`)
    for (const trigger of triggers) await this.execute(`enable trigger ${trigger} on ${this.table}`)
    await this.execute(`drop table ${STAGE}`)
  }

  /** An insert would fire them, a bulk load does not. */
  private async enabledTriggers(): Promise<readonly string[]> {
    const triggers = await this.database.queryOn<{ readonly schema: string; readonly name: string }>(
      this.connection,
      `select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name] from sys.triggers t
join sys.objects o on o.object_id = t.parent_id
join sys.schemas s on s.schema_id = o.schema_id
where t.parent_id = object_id(${quoteText(this.table)}) and t.is_disabled = 0`,
    )
    return triggers.map(({ schema, name }) => quote(schema, name))
  }

  private async insertEmptyRows(encoder: RowEncoder, pieces: AsyncIterable<Buffer>): Promise<number> {
    for await (const _ of pieces);
    const { rows } = encoder.facts
    for (let done = 0; done < rows; done += EMPTY_ROWS_AT_ONCE) {
      const count = Math.min(EMPTY_ROWS_AT_ONCE, rows - done)
      await this.execute(`insert into ${this.table} default values;\n`.repeat(count))
    }
    return rows
  }

  private execute(sql: string): Promise<void> {
    this.context.debug(sql.length > 4000 ? `${sql.slice(0, 4000)}…` : sql)
    return executeBatch(this.connection, sql, this.context)
  }
}

/** Without the collation a text would have that of the temporary database. */
function stagedColumn({ declaration }: TargetColumn, index: number): string {
  return `c${index} ${declaration} null`
}
