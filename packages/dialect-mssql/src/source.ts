import type {
  Consistency,
  ConsistencyLevel,
  Context,
  Json,
  MissingRight,
  QualifiedName,
  Range,
  RIViolation,
  SchemaModel,
  Scope,
  ServerFacts,
  Source,
  SourceOptions,
  Table,
  TableEstimate,
} from '@albackup/core'
import { type Catalog, openCatalog } from './catalog/catalog.ts'
import { catalogVersion } from './catalog/catalog-version.ts'
import { checkRI } from './check-ri.ts'
import { connect, type Database } from './connect.ts'
import type { MssqlConnection } from './connection-settings.ts'
import { DATABASE_ROLE, type DatabaseRole } from './consistency/database-role.ts'
import { createDatabaseSnapshot, type DatabaseSnapshot } from './consistency/database-snapshot.ts'
import { type Shared, shareSnapshot } from './consistency/share-snapshot.ts'
import { chooseLevel, SNAPSHOT_STATE, type SnapshotState } from './consistency/snapshot-state.ts'
import {
  databaseSnapshot,
  NO_CONSISTENCY,
  NOBODY_WRITES,
  SNAPSHOT,
  snapshotOfOneConnection,
} from './consistency/verdicts.ts'
import { estimate } from './estimate.ts'
import { quote } from './quote.ts'
import { readFailure } from './read-failure.ts'
import { MssqlReader } from './reader.ts'
import { reflect } from './reflect.ts'
import { refresh } from './refresh.ts'
import { sourceError } from './server-errors.ts'
import { readServerFacts } from './server-facts.ts'
import { missingSourceRights } from './source-rights.ts'
import { split } from './split.ts'
import { warnOfGaps, warnOfHiddenMetadata } from './warn-of-gaps.ts'

/** Opens a database to be dumped. */
export async function openSource(
  connection: MssqlConnection,
  context: Context,
  { consistency }: SourceOptions = {},
): Promise<Source> {
  if (consistency !== 'database-snapshot') return open({ connection, context, consistency })
  const snapshot = await createDatabaseSnapshot(connection, context)
  try {
    return await open({ connection, context, consistency, snapshot })
  } catch (error) {
    await snapshot.drop()
    throw error
  }
}

interface Opening {
  /** Of the database, also where its snapshot is read. */
  readonly connection: MssqlConnection
  readonly context: Context
  readonly consistency: ConsistencyLevel | undefined
  readonly snapshot?: DatabaseSnapshot
}

async function open(opening: Opening): Promise<Source> {
  const { connection, context, snapshot, consistency } = opening
  const database = await connect(snapshot?.connection ?? connection, context)
  try {
    const source = new MssqlSource(database, opening, await readServerFacts((sql) => database.query(sql)))
    await source.beginReading(consistency)
    return source
  } catch (error) {
    await database.close()
    throw sourceError(`cannot open database ${quote(connection.database)}`, error)
  }
}

/** Reads the catalog, and rows like any reader: one table at a time over one connection; where it can, in one snapshot. */
class MssqlSource extends MssqlReader implements Source {
  readonly server: ServerFacts
  private readonly settings: MssqlConnection
  private readonly databaseSnapshot: DatabaseSnapshot | undefined
  private verdict: Consistency = NO_CONSISTENCY
  private catalog: Promise<Catalog> | undefined

  constructor(database: Database, { connection, context, snapshot }: Opening, server: ServerFacts) {
    super(database, context)
    this.server = server
    this.settings = connection
    this.databaseSnapshot = snapshot
  }

  get consistency(): Consistency {
    return this.verdict
  }

  async beginReading(asked: ConsistencyLevel | undefined): Promise<void> {
    if (this.databaseSnapshot !== undefined) {
      this.verdict = databaseSnapshot(quote(this.databaseSnapshot.name))
      return
    }
    const [state] = await this.database.query<SnapshotState>(SNAPSHOT_STATE)
    if (chooseLevel(asked, state, this.settings.database) === 'snapshot') {
      await this.begin()
      this.verdict = SNAPSHOT
      return
    }
    const [role] = await this.database.query<DatabaseRole>(DATABASE_ROLE)
    if (role?.readOnly) this.verdict = NOBODY_WRITES
  }

  async share(tables: readonly QualifiedName[], open: (ticket: Json) => Promise<void>): Promise<boolean> {
    if (this.databaseSnapshot !== undefined) {
      await open({ level: 'database-snapshot', database: this.databaseSnapshot.name })
      return true
    }
    if (this.verdict.level === 'none') {
      await open(null)
      return true
    }
    const { shared, consistency } = await this.shareSnapshot(tables, open)
    this.verdict = consistency
    return shared
  }

  async reflect(scope?: Scope): Promise<SchemaModel> {
    try {
      await warnOfHiddenMetadata((sql) => this.query(sql), this.context)
      const model = await reflect(await this.openCatalog(), this.settings.database, scope)
      warnOfGaps(model, this.context, scope)
      return model
    } catch (error) {
      throw sourceError(`cannot read the schema of database ${quote(this.settings.database)}`, error)
    }
  }

  async catalogVersion(): Promise<string> {
    return catalogVersion(await this.openCatalog())
  }

  async refresh(model: SchemaModel): Promise<SchemaModel> {
    const refreshed = await refresh(await this.openCatalog(), model)
    warnOfGaps(refreshed, this.context)
    return refreshed
  }

  async missingRights(): Promise<readonly MissingRight[]> {
    return missingSourceRights(await this.openCatalog())
  }

  async estimate(model: SchemaModel): Promise<readonly TableEstimate[]> {
    return estimate(await this.openCatalog(), model)
  }

  async split(table: Table, targetBytes: number, within: Range | null): Promise<readonly (Range | null)[]> {
    try {
      return await split(await this.openCatalog(), table, targetBytes, within)
    } catch (error) {
      throw readFailure(table, within, error)
    }
  }

  checkRI(model: SchemaModel): AsyncIterable<RIViolation> {
    return checkRI((sql) => this.query(sql), model)
  }

  quote(...parts: readonly string[]): string {
    return quote(...parts)
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.databaseSnapshot?.drop()
  }

  private async shareSnapshot(
    tables: readonly QualifiedName[],
    open: (ticket: Json) => Promise<void>,
  ): Promise<Shared> {
    const { settings, context } = this
    const { views } = await this.openCatalog()
    // A look-alike that has no locks takes the hints all the same, and does nothing.
    if (!views.has('dm_tran_locks', 'request_mode')) {
      return { shared: false, consistency: snapshotOfOneConnection('this server has no locks on tables') }
    }
    try {
      const query = <Row>(sql: string) => this.query<Row>(sql)
      return await shareSnapshot({ settings, context, tables, query, join: (ticket) => this.join(ticket) }, open)
    } catch (error) {
      throw sourceError(`cannot share the snapshot of database ${quote(settings.database)}`, error)
    }
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
      throw sourceError(`cannot query database ${quote(this.settings.database)}`, error)
    }
  }
}
