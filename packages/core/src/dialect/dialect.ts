import type { Json, QualifiedName, SchemaModel, Table } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'
import type { RowBlock, RowBytes, RowFacts } from '../row/row-block.ts'
import type { TextPair, TextVerdict } from './made-schema.ts'
import type { Finding, MappingPolicy, PlannedTable, RestorePlan, SchemaPart } from './restore-plan.ts'
import type { RuleViolation, TableRule } from './table-rule.ts'

export type * from './restore-plan.ts'
export type * from './table-rule.ts'

/**
 * What a database engine's plugin gives. Everything it throws on purpose is an AlbackupError. Every command loads the
 * dialects of all plugins, and each of its threads that of its job: what only one function needs is best imported by that one.
 */
export interface Dialect {
  /** One lower-case word, written into every backup and never renamed. */
  readonly name: string
  /** The engine's own name, for people. */
  readonly title: string
  /** Other names people write for it, in URLs and with --target. */
  readonly aliases?: readonly string[]
  readonly contract: 1
  /** The URL of a module that exports this very object as `dialect`: threads load it from there. Without it jobs use one thread. */
  readonly module?: string
  /** From settings as the configuration file or a URL gives them. Throws a UsageError that names the wrong setting. */
  parseConnection(settings: ConnectionSettings): Connection
  /** Absent when the dialect cannot be dumped. Throws a ConnectionError. */
  openSource?(connection: Connection, context: Context, options?: SourceOptions): Promise<Source>
  /** Joins the point in time of a source that gave the ticket; see `Source.share`. In any thread. Throws a ConnectionError. */
  openReader?(connection: Connection, ticket: Json, context: Context): Promise<Reader>
  /** Imports what `openReader` or `openTarget` needs: a thread does it early, since a server may stand still for `openReader`. */
  prepare?(role: 'reader' | 'target'): Promise<void>
  /** Absent when the dialect cannot be restored into. Throws a ConnectionError. */
  openTarget?(connection: Connection, context: Context): Promise<Target>
  /** Drops the database of that connection if there is one, and makes an empty one. For scratch databases only. Throws a TargetError. */
  recreateDatabase?(connection: Connection, collation: string | null, context: Context): Promise<void>
  /** As `Target.plan` for an empty database of a usual server of today; needs none. Throws a UsageError for a wrong policy. */
  planForEmpty?(model: SchemaModel, policy: MappingPolicy): Promise<RestorePlan>
  /** Looks at rows as a restore by that plan would, and tells what it would meet; needs no server. */
  inspect?(plan: RestorePlan): Promise<RowInspection>
  /** What ends a statement in a script of this engine; default ';'. */
  readonly statementEnd?: string
}

/** Holds a bounded amount of memory, however many rows it is given. */
export interface RowInspection {
  /**
   * Rows of a table of the plan, those of one table one after another; returns how many of them were looked at: fewer than given
   * where the load of the table would end, and none of the rows after it. Throws a RangeError when they are not whole rows of the
   * table's stored columns.
   */
  take(table: PlannedTable, block: RowBytes): number
  /** Once all rows of all tables have been taken. Where only some of the rows could be compared, the message says so. */
  findings(): readonly Finding[]
}

export interface SourceOptions {
  /** Throws a SourceError when it cannot be had. Absent: the best that the server and the login allow, without changing the source. */
  readonly consistency?: ConsistencyLevel
}

/** Plain data. `options` are the dialect's own, as written in the configuration file or in the query of a URL. */
export interface ConnectionSettings {
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  readonly options?: Readonly<Record<string, unknown>>
}

/** Settings checked and completed by the dialect; plain data that can cross threads. */
export interface Connection extends ConnectionSettings {
  readonly dialect: string
  readonly host: string
  readonly database: string
}

export interface Context {
  /** Aborted when the user interrupts or another part of the job fails; every wait of a session ends soon after. */
  readonly signal: AbortSignal
  /** Something worth a line for the user; never holds a password. */
  warn(message: string): void
  /** For --debug: statements sent, choices made. */
  debug(message: string): void
}

/** An open connection, or a few. Closed by `await using` or Symbol.asyncDispose, also after a failure. */
export interface Session extends AsyncDisposable {
  readonly server: ServerFacts
  /** The whole schema; tables outside of the scope need not be readable, and may be absent. */
  reflect(scope?: Scope): Promise<SchemaModel>
  /** The dialect's way to write a full name in messages and statements: `[dbo].[Order Details]`. */
  quote(...parts: readonly string[]): string
  /** What this login lacks for its work as a source or target, and how to give it; changes nothing. */
  missingRights?(): Promise<readonly MissingRight[]>
}

export interface MissingRight {
  /** For example 'VIEW DEFINITION on database [Northwind]'. */
  readonly right: string
  /** 'needed': the job fails without it; 'advised': the job works, and something is not as good as it could be. */
  readonly severity: 'needed' | 'advised'
  /** What happens without it: one sentence. */
  readonly consequence: string
  /** The statement with which an administrator gives it. */
  readonly grant: string
}

export interface ServerFacts {
  readonly product: string
  readonly version: string
  readonly edition: string | null
}

/** Reads rows of one point in time. */
export interface Reader extends AsyncDisposable {
  /**
   * The rows of the table's stored columns. Throws a SourceError that names the table rather than end early; one that is
   * `retryable` when the same again may succeed (the victim of a deadlock).
   */
  readRows(table: Table, range: Range | null): AsyncIterable<RowBlock>
}

export interface Source extends Session, Reader {
  /** Final once the first row is read. */
  readonly consistency: Consistency
  /**
   * Lets other sessions see the same rows as this one: while `open` runs, `Dialect.openReader` with the ticket joins. Before
   * the first row. Without `open` having been called it gives false when this server cannot, and the verdict says why.
   */
  share?(tables: readonly QualifiedName[], open: (ticket: Json) => Promise<void>): Promise<boolean>
  /** About how large the tables are, from the server's statistics: cheap, for order and progress only. */
  estimate(model: SchemaModel): Promise<readonly TableEstimate[]>
  /** Lists every foreign key of the model with rows that have no parent; yields nothing when all hold. */
  checkRI(model: SchemaModel): AsyncIterable<RIViolation>
  /**
   * Ranges that together hold each row of `within` (null: of the table) once, of about `targetBytes` each. [within] when it
   * cannot be split.
   */
  split(table: Table, targetBytes: number, within: Range | null): Promise<readonly (Range | null)[]>
  /**
   * Equal for equal catalogs as this login sees them: while it is the same, `refresh` of an earlier model gives what `reflect`
   * would. null when that cannot be told.
   */
  catalogVersion?(): Promise<string | null>
  /** The model with all that changes without the catalog changing (last values of identities and sequences) as it is now. */
  refresh?(model: SchemaModel): Promise<SchemaModel>
}

export type ConsistencyLevel = 'snapshot' | 'database-snapshot' | 'none'

export const CONSISTENCY_LEVELS: readonly ConsistencyLevel[] = ['snapshot', 'database-snapshot', 'none']

/** What point in time the rows belong to. */
export interface Consistency {
  readonly level: ConsistencyLevel
  /** One honest sentence for the summary and the metadata. */
  readonly verdict: string
}

export interface TableEstimate {
  readonly schema: string
  readonly name: string
  readonly rows: number
  readonly bytes: number
}

/** A part of a table: a condition in the dialect's own words. */
export interface Range {
  readonly predicate: string
}

export interface Target extends Session {
  /** Complete; changes nothing. `existing` of the plan tells what would be dropped. */
  plan(model: SchemaModel, policy: MappingPolicy): Promise<RestorePlan>
  /** Drops exactly what `existing` of the plan names. */
  dropExisting(plan: RestorePlan): Promise<void>
  createSchema(plan: RestorePlan, part: SchemaPart): Promise<readonly Finding[]>
  /** All rows or none. The facts are those of the rows in the target's wire form, as sent. */
  bulkLoad(table: PlannedTable, blocks: AsyncIterable<RowBytes>, options: LoadOptions): Promise<LoadFacts>
  /** Lists every foreign key of the plan with rows that have no parent, whether it exists in the target yet or not. */
  checkRI(plan: RestorePlan): AsyncIterable<RIViolation>
  /** What is in the table now, in the same wire form. */
  digest(table: PlannedTable): Promise<RowFacts>
  /** The facts that `bulkLoad` would give for these rows into the table as it is; sends none of them. Absent: nothing can be proven later. */
  expect?(table: PlannedTable, blocks: AsyncIterable<RowBytes>): Promise<LoadFacts>
  /** One verdict for each pair, found without changing anything. Absent: texts that differ cannot be told apart. */
  compareTexts?(pairs: readonly TextPair[]): Promise<readonly TextVerdict[]>
  /** For each rule how rows break it; null where none does or that cannot be told. Changes nothing. Absent: that is never known. */
  checkRules?(rules: readonly TableRule[]): Promise<readonly (RuleViolation | null)[]>
}

export interface LoadOptions {
  /** Keep nothing and throw a DataError when a value cannot be carried exactly. */
  readonly refuseLoss: boolean
  /** The table was there before, with its constraints, and they are to hold for the rows; default false. */
  readonly intoExisting?: boolean
  /** Nobody asks for the digest of the facts, which may be left at 0n; default false. */
  readonly withoutDigest?: boolean
}

export interface LoadFacts extends RowFacts {
  readonly losses: readonly Loss[]
}

/** Values of one column that could not be carried exactly, of one kind. */
export interface Loss {
  readonly column: string
  /** For example 'nul-character', 'lone-surrogate', 'seventh-digit'. */
  readonly kind: string
  readonly count: number
  /** A few of the values, as text, the way they were before. */
  readonly samples: readonly string[]
}

export interface RIViolation {
  readonly table: string
  readonly foreignKey: string
  /** How many rows have no parent. */
  readonly rows: number
  /** Some of the keys without a parent, as text; at most ten. */
  readonly samples: readonly string[]
}
