import {
  type Backup,
  dump,
  type Finding,
  openBackup,
  type RestoreResult,
  type RIViolation,
  restore,
  UsageError,
} from '@albackup/core'
import { describeConnection } from '../connections/connection-url.ts'
import { type CompareReport, compareFound } from './compare-sides.ts'
import type { JobTools } from './job-room.ts'
import type { LossReport } from './restore-backup.ts'
import type { PlannedTest } from './test-all-plan.ts'

export interface TestOptions {
  readonly backupDir: string
  readonly jobs: number
  /** These two: see `CompareChoices`. */
  readonly values: boolean
  readonly showRows: number
}

/** What came of a database that was dumped, restored and compared. */
export interface RoundTrip {
  /** The backup, which is kept. */
  readonly backup: string
  readonly tables: number
  readonly rows: number
  readonly findings: readonly Finding[]
  readonly losses: readonly LossReport[]
  /** null when they were not checked. */
  readonly violations: readonly RIViolation[] | null
  /** A: the backup, B: the scratch database. */
  readonly comparison: CompareReport
}

/** Dumps the database, makes the scratch database anew, restores into it, reads it again and compares. */
export async function testDatabase(test: PlannedTest, options: TestOptions, tools: JobTools): Promise<RoundTrip> {
  const backup = await dumpTested(test, options, tools)
  const restored = await restoreIntoScratch(test, backup, options, tools)
  const comparison = await compareFound(
    { kind: 'backup', backup },
    { kind: 'live', ...test.scratch },
    {
      include: [],
      exclude: [],
      schemaOnly: false,
      values: options.values,
      permissions: false,
      showRows: options.showRows,
    },
    tools,
  )
  return {
    backup: backup.path,
    tables: restored.tables.length,
    rows: restored.tables.reduce((sum, { rows }) => sum + rows, 0),
    findings: restored.findings,
    losses: restored.tables.flatMap(({ source, losses }) => losses.map((loss) => ({ table: source, ...loss }))),
    violations: restored.violations,
    comparison,
  }
}

async function dumpTested({ source: found }: PlannedTest, options: TestOptions, tools: JobTools): Promise<Backup> {
  const { plugged, connection } = found
  const { dialect } = plugged
  if (dialect.openSource === undefined) throw new UsageError(`cannot dump: dialect ${dialect.name} is only for targets`)
  await using source = await dialect.openSource(connection, tools.context)
  const { backup } = await dump({
    source,
    dialect: dialect.name,
    host: connection.host,
    database: connection.database,
    backupDir: options.backupDir,
    codec: 'deflate',
    include: [],
    exclude: [],
    jobs: options.jobs,
    threads: { dialect, connection, context: tools.context },
    toolVersion: tools.toolVersion,
    context: tools.context,
    onEvent: tools.onEvent,
  })
  return openBackup(backup)
}

async function restoreIntoScratch(
  { database, scratch, policy }: PlannedTest,
  backup: Backup,
  options: TestOptions,
  { context, onEvent }: JobTools,
): Promise<RestoreResult> {
  const { connection, plugged } = scratch
  const { dialect } = plugged
  context.debug(`drop and make ${describeConnection(dialect.name, connection)}`)
  const { model } = backup.metadata
  const collation = model.dialect === dialect.name ? model.database.collation : null
  await dialect.recreateDatabase!(connection, collation, context)
  await using target = await dialect.openTarget!(connection, context)
  return await restore({
    backup,
    target,
    policy,
    // What is in a database that was just made is not worth a question.
    allowRestore: true,
    checkRI: database.checkRI,
    prove: false,
    failOnLoss: false,
    // Whatever is in the backup is to be proven.
    withReplicationConfig: true,
    jobs: options.jobs,
    threads: { dialect, connection, context },
    context,
    onEvent,
  })
}
