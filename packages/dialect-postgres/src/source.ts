import {
  type Consistency,
  type Context,
  type Json,
  type MissingRight,
  type QualifiedName,
  type Range,
  type RIViolation,
  type SchemaModel,
  type ServerFacts,
  type Source,
  SourceError,
  type SourceOptions,
  type Table,
  type TableEstimate,
} from '@albackup/core'
import { catalogVersion } from './catalog/catalog-version.ts'
import { checkModelRI } from './check-ri.ts'
import type { PostgresConnection } from './connection-settings.ts'
import { NO_CONSISTENCY, SHARED_SNAPSHOT, SNAPSHOT } from './consistency.ts'
import { estimate } from './estimate.ts'
import type { HeldConnection } from './held-connection.ts'
import { quote } from './quote.ts'
import { openConnection, PostgresReader, type SnapshotTicket } from './reader.ts'
import { readModel } from './reflect.ts'
import { refresh } from './refresh.ts'
import { reasonOf, sourceError } from './server-errors.ts'
import { sourceRights } from './source-rights.ts'
import { split } from './split.ts'
import { wholeOnStandby } from './standby-rows.ts'

/** Opens a database to be dumped: one connection, by default in one transaction that sees one point in time. */
export async function openSource(
  connection: PostgresConnection,
  context: Context,
  options: SourceOptions = {},
): Promise<Source> {
  const { consistency = 'snapshot' } = options
  if (consistency === 'database-snapshot') {
    throw new SourceError(`cannot read a snapshot database of ${connection.database}: PostgreSQL has no such thing`, {
      hint: 'Use "snapshot": all rows are of one point in time too.',
    })
  }
  const held = await openConnection(connection, context)
  try {
    if (consistency === 'snapshot') await held.beginSnapshot()
    return new PostgresSource(held, context, consistency === 'snapshot' ? SNAPSHOT : NO_CONSISTENCY)
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw sourceError(error, `open database ${quote(connection.database)}`)
  }
}

class PostgresSource extends PostgresReader implements Source {
  readonly quote = quote
  readonly server: ServerFacts
  private verdict: Consistency

  constructor(connection: HeldConnection, context: Context, verdict: Consistency) {
    super(connection, context)
    const { product, version, edition } = connection.server
    this.server = { product, version, edition }
    this.verdict = verdict
  }

  get consistency(): Consistency {
    return this.verdict
  }

  async reflect(): Promise<SchemaModel> {
    try {
      return await this.connection.use((client) => readModel(client))
    } catch (error) {
      throw sourceError(error, 'read the catalog')
    }
  }

  missingRights(): Promise<readonly MissingRight[]> {
    return this.query('read the rights of the login', (held) => held.use((client) => sourceRights(client)))
  }

  catalogVersion(): Promise<string> {
    return this.query('read the version of the catalog', (held) => held.use(catalogVersion))
  }

  refresh(model: SchemaModel): Promise<SchemaModel> {
    return this.query('read the values of sequences', (held) => held.use((client) => refresh(client, model)))
  }

  /** Any number of connections see one exported snapshot, so the tables do not matter. */
  async share(_tables: readonly QualifiedName[], open: (ticket: Json) => Promise<void>): Promise<boolean> {
    const ticket = await this.exportSnapshot()
    if (ticket === undefined) return false
    await open(ticket)
    if (ticket.snapshot !== null) this.verdict = SHARED_SNAPSHOT
    return true
  }

  estimate(model: SchemaModel): Promise<readonly TableEstimate[]> {
    return this.query('estimate the tables', (held) => held.use((client) => estimate(client, model)))
  }

  split(table: Table, targetBytes: number, within: Range | null): Promise<readonly (Range | null)[]> {
    const action = `split table ${quote(table.schema, table.name)}`
    return this.query(action, (held) => held.use((client) => split(client, table, targetBytes, within)))
  }

  async *checkRI(model: SchemaModel): AsyncIterable<RIViolation> {
    const whole = this.connection.server.standby ? wholeOnStandby(model) : model
    try {
      yield* this.connection.stream((client) => checkModelRI(client, whole))
    } catch (error) {
      throw sourceError(error, 'check the foreign keys')
    }
  }

  private async exportSnapshot(): Promise<SnapshotTicket | undefined> {
    if (this.verdict.level === 'none') return { snapshot: null }
    try {
      return { snapshot: await this.connection.exportSnapshot() }
    } catch (error) {
      // A connection pooler in between, or a server that is like PostgreSQL only.
      this.verdict = {
        level: 'snapshot',
        verdict: `${SNAPSHOT.verdict} One connection read them all: the server does not share its snapshot (${reasonOf(error)}).`,
      }
      return undefined
    }
  }

  private async query<T>(action: string, work: (held: HeldConnection) => Promise<T>): Promise<T> {
    try {
      return await work(this.connection)
    } catch (error) {
      throw sourceError(error, action)
    }
  }
}
