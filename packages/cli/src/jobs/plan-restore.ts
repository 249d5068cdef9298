import {
  type BackupPlan,
  type Dialect,
  type Finding,
  fullName,
  type MappingPolicy,
  type PlannedColumn,
  type PlannedExpression,
  type PlannedTable,
  planBackup,
  type RestorePlan,
  type SchemaModel,
  storedColumns,
  type Table,
  UsageError,
} from '@albackup/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import { describeConnection, isUrl } from '../connections/connection-url.ts'
import { findTarget } from '../connections/find-target.ts'
import { type DiscoveredDialects, findDialect } from '../plugins/discover-dialects.ts'
import type { JobRoom } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

/** What the flags of `plan` say. */
export interface PlanOrder {
  readonly backup: string | undefined
  readonly backupDir: string
  readonly target: string | undefined
  /** Plan for an empty database, and connect to none. */
  readonly offline: boolean
  readonly readRows: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly permissions: boolean
  readonly withReplicationConfig: boolean
}

/** The object of `plan --json`. */
export interface PlanReport {
  readonly backup: string
  /** The target, without its password; `an empty PostgreSQL database` when none was connected to. */
  readonly target: string
  readonly tables: readonly TableReport[]
  readonly findings: readonly Finding[]
  readonly expressions: readonly PlannedExpression[]
  readonly statements: RestorePlan['statements']
  /** What a restore would drop or overwrite. */
  readonly existing: readonly string[]
  readonly byHand: BackupPlan['byHand']
  readonly rows: number
  /** How many rows the findings about values are from. */
  readonly rowsRead: number
  readonly seconds: number
}

export interface TableReport {
  /** In the source: `schema.table`. */
  readonly source: string
  /** In the target, as the target writes it where it was asked. */
  readonly target: string
  readonly rows: number
  /** Of the rows in the backup, uncompressed. */
  readonly bytes: number
  readonly columns: readonly ColumnReport[]
  readonly references: readonly ReferenceReport[]
}

export interface ColumnReport {
  readonly source: string
  /** The type in the words of the source. */
  readonly native: string
  readonly target: string
  readonly type: string
  readonly companion?: PlannedColumn['companion']
  /** The target has no such column. */
  readonly omitted?: true
  readonly nullable: boolean
  readonly exact: boolean
  readonly reason: string
  /** Part of the primary key. */
  readonly key: boolean
}

/** A foreign key, in the names of the source. */
export interface ReferenceReport {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: string
}

/** The plan, with the end that a statement has in a script for the target. */
export interface PlannedRestore {
  readonly report: PlanReport
  readonly statementEnd: string
}

/** Connects to the target unless told not to, and changes nothing. */
export async function planRestore(order: PlanOrder, room: JobRoom): Promise<PlannedRestore> {
  const { context, onEvent } = room
  const seconds = startStopwatch()
  const backup = await chooseBackup(order.backup, order.backupDir)
  await using planner = await openPlanner(order, room)
  const { dialect } = planner
  const result = await planBackup({
    backup,
    plan: planner.plan,
    ...(order.readRows && dialect.inspect !== undefined && { inspect: (plan) => dialect.inspect!(plan) }),
    include: order.include,
    exclude: order.exclude,
    onRequest: order.permissions,
    withReplicationConfig: order.withReplicationConfig,
    context,
    onEvent,
  })
  const tables = result.plan.tables.map((table, i) => reportTable(table, result, i, planner.quote))
  const report = {
    backup: backup.path,
    target: planner.target,
    tables,
    findings: result.findings,
    expressions: result.plan.translations ?? [],
    statements: result.plan.statements,
    existing: result.plan.existing,
    byHand: result.byHand,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    rowsRead: result.rowsRead,
    seconds: seconds(),
  }
  return { report, statementEnd: dialect.statementEnd ?? ';' }
}

interface Planner extends AsyncDisposable {
  readonly dialect: Dialect
  readonly target: string
  plan(model: SchemaModel): Promise<RestorePlan> | RestorePlan
  quote(...parts: readonly string[]): string
}

async function openPlanner(order: PlanOrder, room: JobRoom): Promise<Planner> {
  const dialects = await room.dialects()
  if (order.offline) return offlinePlanner(await findOffline(order.target, dialects, room))
  const found = await findTarget(
    { named: order.target, allowRestore: false, changesNothing: true },
    room.configuration,
    dialects,
    room.passwordSources,
  )
  const { dialect } = found.plugged
  if (dialect.openTarget === undefined) throw new UsageError(`cannot plan: dialect ${dialect.name} is only for sources`)
  const target = await dialect.openTarget(found.connection, room.context)
  return {
    dialect,
    target: describeConnection(dialect.name, found.connection),
    plan: (model) => target.plan(model, found.policy),
    quote: (...parts) => target.quote(...parts),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}

interface OfflineTarget {
  readonly dialect: Dialect
  readonly policy: MappingPolicy
}

/** The name of a dialect is enough; an entry or a URL says which dialect and policy, and is not connected to. */
async function findOffline(
  named: string | undefined,
  dialects: DiscoveredDialects,
  room: JobRoom,
): Promise<OfflineTarget> {
  const { configuration, passwordSources } = room
  const entry = named !== undefined && configuration !== undefined && Object.hasOwn(configuration.targets, named)
  const plugged = named === undefined || isUrl(named) || entry ? undefined : findDialect(dialects, named)
  if (plugged !== undefined) {
    const { dialect } = plugged
    return { dialect, policy: { ...configuration?.mapping[dialect.name] } }
  }
  const request = { named, allowRestore: false, changesNothing: true }
  const found = await findTarget(request, configuration, dialects, passwordSources)
  return { dialect: found.plugged.dialect, policy: found.policy }
}

function offlinePlanner({ dialect, policy }: OfflineTarget): Planner {
  const { planForEmpty } = dialect
  if (planForEmpty === undefined) {
    throw new UsageError(`cannot plan: dialect ${dialect.name} plans with a connection only`, {
      hint: 'Leave out --offline.',
    })
  }
  return {
    dialect,
    target: `an empty ${dialect.title} database`,
    plan: (model) => planForEmpty(model, policy),
    quote: (...parts) => parts.join('.'),
    [Symbol.asyncDispose]: async () => {},
  }
}

function reportTable(table: PlannedTable, { sizes }: BackupPlan, i: number, quote: Planner['quote']): TableReport {
  const { source } = table
  return {
    source: fullName(source),
    target: quote(table.schema, table.name),
    ...sizes[i]!,
    columns: storedColumns(source).map((_, at) => reportColumn(source, table.columns[at]!)),
    references: source.foreignKeys.map(({ name, columns, references }) => ({
      name,
      columns,
      references: fullName(references),
    })),
  }
}

function reportColumn(
  table: Table,
  { source, name, type, companion, omitted, exact, reason }: PlannedColumn,
): ColumnReport {
  return {
    source: source.name,
    native: source.native.declaration,
    target: name,
    type,
    ...(companion !== undefined && { companion }),
    ...(omitted && { omitted }),
    nullable: source.nullable,
    exact,
    reason,
    key: table.primaryKey?.columns.some((column) => column.name === source.name) ?? false,
  }
}
