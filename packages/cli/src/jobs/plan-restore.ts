import { planBackup } from '@albackup/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import type { JobRoom } from './job-room.ts'
import { type PlanReport, reportTable } from './plan-report.ts'
import { openPlanner, type TargetOrder } from './plan-target.ts'
import { startStopwatch } from './stopwatch.ts'

/** What the flags of `plan` say. */
export interface PlanOrder extends TargetOrder {
  readonly backup: string | undefined
  readonly backupDir: string
  readonly readRows: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly permissions: boolean
  readonly withReplicationConfig: boolean
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
