import type {
  Connection,
  Context,
  LoadFacts,
  LoadOptions,
  MappingPolicy,
  MissingRight,
  PlannedTable,
  RestorePlan,
  RIViolation,
  RowBytes,
  RowFacts,
  RuleViolation,
  SchemaModel,
  SchemaPart,
  TableRule,
  Target,
  TextPair,
  TextVerdict,
} from '@albackup/core'
import { bulkLoad, expectedFacts } from './bulk-load.ts'
import { checkRI } from './check-ri.ts'
import { checkRules } from './check-rules.ts'
import { compareTexts } from './compare-texts.ts'
import { connect, requireUnicode } from './connect.ts'
import { parseConnection } from './connection-settings.ts'
import type { Connections } from './connections.ts'
import { createSchema } from './create-schema.ts'
import { digest } from './digest.ts'
import { dropExisting } from './drop-existing.ts'
import { plan } from './plan.ts'
import { quote } from './quote.ts'
import { reflect } from './reflect.ts'
import { targetRights } from './target-rights.ts'

/** A database to restore into. Its verbs may run at the same time: each has a connection of its own. */
export async function openTarget(connection: Connection, context: Context): Promise<Target> {
  const settings = parseConnection(connection)
  const connections = await connect(settings, context)
  try {
    requireUnicode(settings, connections.server)
    return new PostgresTarget(connections, context)
  } catch (error) {
    await connections.close()
    throw error
  }
}

class PostgresTarget implements Target {
  readonly quote = quote
  private readonly connections: Connections
  private readonly context: Context

  constructor(connections: Connections, context: Context) {
    this.connections = connections
    this.context = context
  }

  get server() {
    return this.connections.server
  }

  reflect(): Promise<SchemaModel> {
    return this.connections.use((client) => reflect(client))
  }

  missingRights(): Promise<readonly MissingRight[]> {
    return this.connections.use((client) => targetRights(client))
  }

  plan(model: SchemaModel, policy: MappingPolicy): Promise<RestorePlan> {
    return this.connections.use((client) => plan(client, this.server.versionNumber, model, policy))
  }

  dropExisting(restorePlan: RestorePlan): Promise<void> {
    return this.connections.use((client) => dropExisting(client, restorePlan))
  }

  createSchema(restorePlan: RestorePlan, part: SchemaPart) {
    return this.connections.use((client) => createSchema(client, restorePlan, part, this.context.debug))
  }

  bulkLoad(table: PlannedTable, blocks: AsyncIterable<RowBytes>, options: LoadOptions): Promise<LoadFacts> {
    return this.connections.use((client) => bulkLoad(client, table, blocks, options, this.context.signal))
  }

  expect(table: PlannedTable, blocks: AsyncIterable<RowBytes>): Promise<LoadFacts> {
    return expectedFacts(table, blocks, this.context.signal)
  }

  compareTexts(pairs: readonly TextPair[]): Promise<readonly TextVerdict[]> {
    return this.connections.use((client) => compareTexts(client, pairs))
  }

  checkRules(rules: readonly TableRule[]): Promise<readonly (RuleViolation | null)[]> {
    return this.connections.use((client) => checkRules(client, rules))
  }

  async *checkRI(restorePlan: RestorePlan): AsyncIterable<RIViolation> {
    for (const table of restorePlan.tables) {
      yield* await this.connections.use((client) => checkRI(client, table, restorePlan))
    }
  }

  digest(table: PlannedTable): Promise<RowFacts> {
    return this.connections.use((client) => digest(client, table))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connections.close()
  }
}
