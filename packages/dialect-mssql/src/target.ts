import {
  type Context,
  type LoadFacts,
  type LoadOptions,
  type MappingPolicy,
  type MissingRight,
  type PlannedTable,
  RefusedError,
  type RestorePlan,
  type RIViolation,
  type RowBytes,
  type RowFacts,
  type RuleViolation,
  type SchemaModel,
  type SchemaPart,
  type Scope,
  type ServerFacts,
  type TableRule,
  type Target,
  type TextPair,
  type TextVerdict,
} from '@albackup/core'
import { bulkLoad, expectedFacts } from './bulk-load.ts'
import { type Catalog, openCatalog } from './catalog/catalog.ts'
import { withSetIdentities } from './catalog/set-identities.ts'
import { checkRI } from './check-ri.ts'
import { checkRules } from './check-rules.ts'
import { collationsKey, compareCollations } from './compare-collations.ts'
import { compareTexts } from './compare-texts.ts'
import { connect, type Database, executeBatch } from './connect.ts'
import type { MssqlConnection } from './connection-settings.ts'
import { createSchema, type Execute } from './create-schema.ts'
import { digest } from './digest.ts'
import { dropExisting } from './drop-existing.ts'
import { existingDrops } from './existing-drops.ts'
import { outsideParents } from './outside-parents.ts'
import { plannedModel } from './plan/planned-model.ts'
import { plan } from './plan.ts'
import { quote } from './quote.ts'
import { reflect } from './reflect.ts'
import { targetError } from './server-errors.ts'
import { readServerFacts } from './server-facts.ts'
import { missingTargetRights } from './target-rights.ts'

/**
 * What a session must have set, whoever set the server up otherwise: expressions, indexes on computed columns and checked
 * constraints ask for these. CONTEXT_INFO that begins with the character 1 tells the triggers of SymmetricDS, in a database that
 * is replicated, not to capture the restored rows; others do not look at it. Dates in the texts of checks and filters were written
 * for the usual order of month and day; those with the year in front mean the same in it.
 */
const SESSION_SETTINGS = [
  'set ansi_nulls on',
  'set ansi_padding on',
  'set ansi_warnings on',
  'set arithabort on',
  'set concat_null_yields_null on',
  'set quoted_identifier on',
  'set numeric_roundabort off',
  'set dateformat mdy',
  'set context_info 0x31',
]

/** Opens a database to be restored into. */
export async function openTarget(connection: MssqlConnection, context: Context): Promise<Target> {
  const database = await connect(connection, context, SESSION_SETTINGS)
  try {
    return new MssqlTarget(database, context, await readServerFacts((sql) => database.query(sql)))
  } catch (error) {
    await database.close()
    throw targetError(`cannot open database ${quote(database.name)}`, error)
  }
}

/** One connection, which has one thing to do at a time. */
class MssqlTarget implements Target {
  readonly server: ServerFacts
  private readonly database: Database
  private readonly context: Context
  private catalog: Promise<Catalog> | undefined

  constructor(database: Database, context: Context, server: ServerFacts) {
    this.database = database
    this.context = context
    this.server = server
  }

  async reflect(scope?: Scope): Promise<SchemaModel> {
    return this.named('cannot read the schema of', async () => {
      const catalog = await this.openCatalog()
      return withSetIdentities(await reflect(catalog, this.database.name, scope), catalog)
    })
  }

  async plan(model: SchemaModel, policy: MappingPolicy): Promise<RestorePlan> {
    return this.named('cannot plan a restore into', async () => plan(await this.openCatalog(), model, policy))
  }

  async missingRights(): Promise<readonly MissingRight[]> {
    return this.named('cannot read the rights on', async () => missingTargetRights(await this.openCatalog()))
  }

  async dropExisting(restorePlan: RestorePlan): Promise<void> {
    const statements = await this.named('cannot look for what exists in', async () =>
      existingDrops(await this.openCatalog(), restorePlan),
    )
    await this.executing((execute) => dropExisting(execute, statements))
  }

  createSchema(restorePlan: RestorePlan, part: SchemaPart) {
    return this.executing((execute) => createSchema(execute, restorePlan, part))
  }

  bulkLoad(table: PlannedTable, blocks: AsyncIterable<RowBytes>, options: LoadOptions): Promise<LoadFacts> {
    return bulkLoad(this.database, table, blocks, options, this.context)
  }

  expect(table: PlannedTable, blocks: AsyncIterable<RowBytes>): Promise<LoadFacts> {
    return expectedFacts(this.database, table, blocks, this.context)
  }

  async compareTexts(pairs: readonly TextPair[]): Promise<readonly TextVerdict[]> {
    const collations = await this.named('cannot compare the collations of', () =>
      compareCollations((sql) => this.query(sql), pairs),
    )
    return compareTexts(pairs, (pair) => collations.get(collationsKey(pair)) === true)
  }

  checkRules(rules: readonly TableRule[]): Promise<readonly (RuleViolation | null)[]> {
    return checkRules((sql) => this.query(sql), rules)
  }

  async *checkRI(restorePlan: RestorePlan): AsyncIterable<RIViolation> {
    try {
      const query = <Row>(sql: string) => this.query<Row>(sql)
      yield* checkRI(query, plannedModel(restorePlan, await outsideParents(query, restorePlan)))
    } catch (error) {
      throw targetError('cannot check referential integrity', error)
    }
  }

  digest(table: PlannedTable): Promise<RowFacts> {
    return digest(this.database, table, this.context)
  }

  quote(...parts: readonly string[]): string {
    return quote(...parts)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close()
  }

  /** What the server has is asked once. */
  private openCatalog(): Promise<Catalog> {
    this.catalog ??= openCatalog((sql) => this.query(sql))
    return this.catalog
  }

  /** Batches on one connection, so that they may make a transaction together. */
  private executing<T>(work: (execute: Execute) => Promise<T>): Promise<T> {
    return this.database.withConnection((connection) =>
      work((sql) => {
        this.context.debug(sql)
        return executeBatch(connection, sql, this.context)
      }),
    )
  }

  private query<Row>(sql: string): Promise<readonly Row[]> {
    this.context.debug(sql)
    return this.database.query<Row>(sql)
  }

  private async named<T>(whatFailed: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      // A refusal says itself what is refused, and it is not that work.
      if (error instanceof RefusedError) throw error
      throw targetError(`${whatFailed} database ${quote(this.database.name)}`, error)
    }
  }
}
