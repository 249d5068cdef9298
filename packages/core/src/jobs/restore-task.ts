import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import type { Context, Finding, LoadFacts, LoadOptions, PlannedTable, RestorePlan, Target } from '../dialect/dialect.ts'
import { UsageError } from '../errors.ts'
import { fullName } from '../model/scope.ts'
import type { RowBytes, RowFacts } from '../row/row-block.ts'
import { readTable } from './backup-tables.ts'
import { checkFile } from './check-files.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { retry } from './retry.ts'

/** The parts of a restore that can be done beside one another. Plain data. */
export type RestoreTask =
  /** Gives nothing; throws a DamagedBackupError. */
  | { readonly kind: 'check'; readonly file: FileFacts }
  /** Gives LoadFacts. */
  | { readonly kind: 'load'; readonly table: PlannedTable; readonly options: LoadOptions }
  /** Gives Findings; runs the statements of the plan's part 'keys'. */
  | { readonly kind: 'create keys'; readonly plan: RestorePlan }
  /** Gives the RowFacts of what is in the table. */
  | { readonly kind: 'prove'; readonly table: PlannedTable }
  /** Gives BothFacts: what the backup's rows would be in the table, and what is there. */
  | { readonly kind: 'expect'; readonly table: PlannedTable }

export interface BothFacts {
  readonly expected: LoadFacts
  readonly found: RowFacts
}

/** What it is done with. */
export interface RestoreTools {
  readonly backup: Backup
  readonly target: Target
  readonly context: Pick<Context, 'signal' | 'debug'>
  readonly onEvent: EventListener
}

export async function doRestoreTask(
  task: RestoreTask,
  tools: RestoreTools,
): Promise<LoadFacts | RowFacts | BothFacts | readonly Finding[] | undefined> {
  const { backup, target, context } = tools
  stopWhenAborted(context.signal)
  switch (task.kind) {
    case 'check':
      await checkFile(backup, task.file, context.signal)
      return undefined
    case 'load':
      return loadTable(task.table, task.options, tools)
    case 'create keys':
      return target.createSchema(task.plan, 'keys')
    case 'prove':
      return target.digest(task.table)
    case 'expect':
      return readBoth(task.table, tools)
  }
}

/** One after the other: a target may have one connection. Each is begun again when it failed in a way that may pass. */
async function readBoth(table: PlannedTable, tools: RestoreTools): Promise<BothFacts> {
  const { target, context, onEvent } = tools
  const name = fullName(table.source)
  const begun = performance.now()
  const bytes = { sent: 0 }
  onEvent({ type: 'table-begin', table: name })
  const expected = await retry(() => expectRows(table, tools, bytes), context.signal, context.debug)
  const found = await retry(() => target.digest(table), context.signal, context.debug)
  const seconds = (performance.now() - begun) / 1000
  onEvent({ type: 'table-end', table: name, rows: expected.rows, bytes: bytes.sent, seconds })
  return { expected, found }
}

function expectRows(planned: PlannedTable, tools: RestoreTools, bytes: { sent: number }): Promise<LoadFacts> {
  const { target } = tools
  if (target.expect === undefined) {
    throw new UsageError('cannot verify a target of this dialect: it does not tell what its rows should be')
  }
  return passRows(planned, tools, bytes, (blocks) => target.expect!(planned, blocks))
}

/** A load that failed in a way that may pass has kept no row, and is begun again. */
async function loadTable(planned: PlannedTable, options: LoadOptions, tools: RestoreTools): Promise<LoadFacts> {
  const { context, onEvent } = tools
  const table = fullName(planned.source)
  const begun = performance.now()
  onEvent({ type: 'table-begin', table })
  const bytes = { sent: 0 }
  const facts = await retry(() => sendRows(planned, options, tools, bytes), context.signal, context.debug)
  const seconds = (performance.now() - begun) / 1000
  onEvent({ type: 'table-end', table, rows: facts.rows, bytes: bytes.sent, seconds })
  return facts
}

function sendRows(
  planned: PlannedTable,
  options: LoadOptions,
  tools: RestoreTools,
  bytes: { sent: number },
): Promise<LoadFacts> {
  return passRows(planned, tools, bytes, (blocks) => tools.target.bulkLoad(planned, blocks, options))
}

/** Gives the rows of the backup to the work, and tells of the progress. */
async function passRows(
  planned: PlannedTable,
  { backup, onEvent }: RestoreTools,
  bytes: { sent: number },
  work: (blocks: AsyncIterable<RowBytes>) => Promise<LoadFacts>,
): Promise<LoadFacts> {
  const table = fullName(planned.source)
  let rows = 0
  bytes.sent = 0
  const blocks = readTable(backup, planned.source, (block) => {
    rows += block.rows
    bytes.sent += block.bytes.length
    onEvent({ type: 'progress', table, rows: block.rows, bytes: block.bytes.length })
  })
  try {
    return await work(blocks)
  } catch (error) {
    onEvent({ type: 'progress', table, rows: -rows, bytes: -bytes.sent })
    throw error
  }
}
