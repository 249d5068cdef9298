import type { RestorePlan } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import { beginStage } from './begin-stage.ts'
import { compareParts, type PartsComparison } from './compare-parts.ts'
import { unaskedParts, wantedModel } from './plan-model.ts'
import { findPlanned } from './planned-parts.ts'
import type { LoadedTable, RestoredTable, RestoreRequest } from './restore-request.ts'
import type { RestoreTask } from './restore-task.ts'
import type { RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'

/** With the verdict where one was asked for. */
export async function proveTables(
  request: RestoreRequest,
  loaded: readonly LoadedTable[],
  { hands, stop }: RestoreWork,
): Promise<readonly RestoredTable[]> {
  const { target, prove } = request
  if (prove && loaded.length > 0) beginStage(request, 'prove')
  const tasks = prove ? loaded.map(({ planned }) => ({ kind: 'prove', table: planned }) as const) : []
  const found = (await shareOut<RestoreTask, unknown>(tasks, hands, stop)) as readonly RowFacts[]
  return loaded.map(({ planned, sent }, i) => ({
    source: fullName(planned.source),
    target: target.quote(planned.schema, planned.name),
    rows: sent.rows,
    losses: sent.losses,
    proven: prove ? sameFacts(sent, found[i]!) : null,
  }))
}

/** What is not as the plan makes it, whether the restore has met it on its way or not: as a later proof would find it. */
export async function proveParts(request: RestoreRequest, plan: RestorePlan): Promise<PartsComparison> {
  const { target, onRequest = false } = request
  const there = await target.reflect()
  const tables = plan.tables.map((planned) => ({ planned, there: findPlanned(planned, there) ?? null }))
  const model = wantedModel(request)
  const { notCompared, ...parts } = await compareParts({ model, plan, there, tables, target, onRequest })
  return { ...parts, notCompared: [...notCompared, ...unaskedParts(request, plan.dialect)] }
}
