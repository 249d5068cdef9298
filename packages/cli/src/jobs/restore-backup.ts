import {
  type BackupContent,
  type Finding,
  type Loss,
  type RestoreResult,
  type RIViolation,
  restore,
  UsageError,
} from '@albackup/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import { describeConnection } from '../connections/connection-url.ts'
import { findTarget } from '../connections/find-target.ts'
import type { JobRoom } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

/** What the arguments of `restore` say. */
export interface RestoreOrder {
  readonly backup: string | undefined
  readonly backupDir: string
  readonly target: string | undefined
  readonly allowRestore: boolean
  /** False for --no-ri-check; true leaves it to the configuration. */
  readonly checkRI: boolean
  readonly prove: boolean
  readonly failOnLoss: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** undefined: what the backup holds. */
  readonly content: BackupContent | undefined
  readonly withReplicationConfig: boolean
  readonly permissions: boolean
  readonly jobs: number | undefined
}

/** The object of `restore --json`. */
export interface RestoreReport {
  readonly backup: string
  /** The target, without its password. */
  readonly target: string
  readonly tables: number
  readonly rows: number
  readonly seconds: number
  readonly perTable: readonly TableReport[]
  readonly findings: readonly Finding[]
  /** How many values could not be carried exactly. */
  readonly valuesAltered: number
  readonly losses: readonly LossReport[]
  /** null when they were not checked. */
  readonly violations: readonly RIViolation[] | null
  /** null when no proof was asked for. */
  readonly proven: boolean | null
  /** What is not in the target as the plan makes it; null when no proof was asked for. */
  readonly missing: RestoreResult['missing']
  /** What is not as the plan makes it, and could not be, as sentences; null when no proof was asked for. */
  readonly unattainable: RestoreResult['unattainable']
  /** What could not be compared with the plan, as sentences; null when no proof was asked for. */
  readonly notCompared: RestoreResult['notCompared']
  /** What to do next, as sentences in order. */
  readonly advice: readonly string[]
}

export interface TableReport {
  readonly source: string
  readonly target: string
  readonly rows: number
  readonly proven: boolean | null
}

export interface LossReport extends Loss {
  /** In the source: `schema.table`. */
  readonly table: string
}

export async function restoreBackup(order: RestoreOrder, room: JobRoom): Promise<RestoreReport> {
  const { configuration, context, onEvent } = room
  const seconds = startStopwatch()
  // The backup first: to learn that it is not there nobody should need a server.
  const backup = await chooseBackup(order.backup, order.backupDir)
  const found = await findTarget(
    { named: order.target, allowRestore: order.allowRestore },
    configuration,
    await room.dialects(),
    room.passwordSources,
  )
  const { dialect } = found.plugged
  if (dialect.openTarget === undefined)
    throw new UsageError(`cannot restore: dialect ${dialect.name} is only for sources`)
  const checkRI = order.checkRI && found.checkRI
  await using target = await dialect.openTarget(found.connection, context)
  const result = await restore({
    backup,
    target,
    policy: found.policy,
    allowRestore: found.allowRestore,
    checkRI,
    prove: order.prove,
    failOnLoss: order.failOnLoss,
    include: order.include,
    exclude: order.exclude,
    ...(order.content !== undefined && { content: order.content }),
    withReplicationConfig: order.withReplicationConfig,
    onRequest: order.permissions,
    jobs: order.jobs ?? configuration?.jobs ?? 1,
    threads: { dialect, connection: found.connection, context },
    context,
    onEvent,
  })
  const losses = result.tables.flatMap((table) => table.losses.map((loss) => ({ table: table.source, ...loss })))
  return {
    backup: backup.path,
    target: describeConnection(dialect.name, found.connection),
    tables: result.plan.tables.length,
    rows: result.tables.reduce((sum, table) => sum + table.rows, 0),
    seconds: seconds(),
    perTable: result.tables.map(({ source, target, rows, proven }) => ({ source, target, rows, proven })),
    findings: result.findings,
    valuesAltered: losses.reduce((sum, loss) => sum + loss.count, 0),
    losses,
    violations: result.violations,
    proven: result.proven,
    missing: result.missing,
    unattainable: result.unattainable,
    notCompared: result.notCompared,
    advice: result.advice,
  }
}
