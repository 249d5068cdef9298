import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import type { Context, Finding, LoadFacts, LoadOptions, PlannedTable, RestorePlan, Target } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'
import type { RowFacts } from '../row/row-block.ts'
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
): Promise<LoadFacts | RowFacts | readonly Finding[] | undefined> {
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
  }
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

async function sendRows(
  planned: PlannedTable,
  options: LoadOptions,
  { backup, target, onEvent }: RestoreTools,
  bytes: { sent: number },
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
    return await target.bulkLoad(planned, blocks, options)
  } catch (error) {
    onEvent({ type: 'progress', table, rows: -rows, bytes: -bytes.sent })
    throw error
  }
}
