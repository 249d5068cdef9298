import {
  type Consistency,
  type Context,
  type Range,
  type RIViolation,
  type RowBlock,
  type SchemaModel,
  type ServerFacts,
  type Source,
  SourceError,
  type Table,
  type TableEstimate,
} from '@albackup/core'
import { type Catalog, openCatalog } from './catalog/catalog.ts'
import { hiddenRowsWarning } from './catalog/left-behind.ts'
import { checkRI } from './check-ri.ts'
import { connect, type Database } from './connect.ts'
import type { MssqlConnection } from './connection-settings.ts'
import { allowsSnapshot, beginSnapshot, NO_CONSISTENCY, SNAPSHOT_STATE, type SnapshotState } from './consistency.ts'
import { estimate } from './estimate.ts'
import { quote } from './quote.ts'
import { readRows } from './read-rows.ts'
import { reflect } from './reflect.ts'
import { sourceError } from './server-errors.ts'
import { readServerFacts } from './server-facts.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

/** Opens a database to be dumped. */
export async function openSource(connection: MssqlConnection, context: Context): Promise<Source> {
  const database = await connect(connection, context)
  try {
    const source = new MssqlSource(database, context, await readServerFacts((sql) => database.query(sql)))
    await source.beginReading()
    return source
  } catch (error) {
    await database.close()
    throw sourceError(`cannot open database ${quote(database.name)}`, error)
  }
}

/** One connection reads everything, one table at a time; where it can, in one snapshot. */
class MssqlSource implements Source {
  readonly server: ServerFacts
  private readonly database: Database
  private readonly context: Context
  private verdict: Consistency = NO_CONSISTENCY
  /** The connection whose transaction is the snapshot; without one any connection will do. */
  private snapshot: ReadingConnection | undefined
  private catalog: Promise<Catalog> | undefined

  constructor(database: Database, context: Context, server: ServerFacts) {
    this.database = database
    this.context = context
    this.server = server
  }

  get consistency(): Consistency {
    return this.verdict
  }

  async beginReading(): Promise<void> {
    const [state] = await this.database.query<SnapshotState>(SNAPSHOT_STATE)
    if (!allowsSnapshot(state)) return
    await this.database.withConnection(async (connection) => {
      this.verdict = await beginSnapshot(connection)
      this.snapshot = connection
    })
  }

  async reflect(): Promise<SchemaModel> {
    try {
      await this.warnOfHiddenMetadata()
      const model = await reflect(await this.openCatalog(), this.database.name)
      const warning = hiddenRowsWarning(model.leftBehind)
      if (warning !== undefined) this.context.warn(warning)
      this.warnOfUnknownDefinitions(model)
      if (model.tables.length === 0)
        this.context.warn(`the login sees no table in database ${quote(this.database.name)}`)
      return model
    } catch (error) {
      throw sourceError(`cannot read the schema of database ${quote(this.database.name)}`, error)
    }
  }

  async estimate(model: SchemaModel): Promise<readonly TableEstimate[]> {
    return estimate(await this.openCatalog(), model)
  }

  async split(): Promise<readonly (Range | null)[]> {
    return [null]
  }

  async *readRows(table: Table, range: Range | null): AsyncIterable<RowBlock> {
    const connection = await this.database.acquire()
    try {
      this.requireSnapshot(connection, table)
      yield* readRows(connection, table, range, this.context)
    } finally {
      await this.database.release(connection)
    }
  }

  checkRI(model: SchemaModel): AsyncIterable<RIViolation> {
    return checkRI((sql) => this.query(sql), model)
  }

  quote(...parts: readonly string[]): string {
    return quote(...parts)
  }

  /** The snapshot's transaction has changed nothing, and ends with its connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close()
  }

  /** What the server has is asked once. */
  private openCatalog(): Promise<Catalog> {
    this.catalog ??= openCatalog((sql) => this.query(sql))
    return this.catalog
  }

  private async query<Row>(sql: string): Promise<readonly Row[]> {
    this.context.debug(sql)
    try {
      return await this.database.query<Row>(sql)
    } catch (error) {
      throw sourceError(`cannot query database ${quote(this.database.name)}`, error)
    }
  }

  /** A new connection would read the rows of another point in time. */
  private requireSnapshot(connection: ReadingConnection, table: Table): void {
    if (this.snapshot === undefined || this.snapshot === connection) return
    throw new SourceError(
      `cannot read table ${quote(table.schema, table.name)}: the connection that held the snapshot was lost`,
      { hint: 'Dump again.' },
    )
  }

  private warnOfUnknownDefinitions(model: SchemaModel): void {
    const unknown = model.tables.flatMap(({ schema, name, columns }) =>
      columns
        .filter(({ computed }) => computed?.expression.native === '')
        .map((column) => quote(schema, name, column.name)),
    )
    if (unknown.length === 0) return
    const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''
    const columns = `${unknown.slice(0, 3).join(', ')}${more}`
    this.context.warn(`the server does not tell how it computes ${columns}: a restore will be without`)
  }

  /** Objects a login may not see are not in its catalog; that would look like a database without them. */
  private async warnOfHiddenMetadata(): Promise<void> {
    const [row] = await this.query<{ readonly allowed: number | null }>(
      `select has_perms_by_name(null, 'database', 'view definition') as [allowed]`,
    )
    if (row?.allowed !== 0) return
    this.context.warn(
      'the login has no VIEW DEFINITION on the database: objects and definitions that it may not see are not in the backup',
    )
  }
}
