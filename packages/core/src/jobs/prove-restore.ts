import type { Finding, RestorePlan } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import { beginStage } from './begin-stage.ts'
import { compareParts, type PartsComparison } from './compare-parts.ts'
import { unaskedParts, wantedModel } from './plan-model.ts'
import { findPlanned, unreported } from './planned-parts.ts'
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

/** `refused`: how many parts are not as the plan makes them, as the restore learned on its way. */
export interface PartsProof extends PartsComparison {
  readonly refused: number
}

/** What is not as the plan makes it, beyond what the restore met on its way. */
export async function proveParts(
  request: RestoreRequest,
  plan: RestorePlan,
  met: readonly Finding[],
): Promise<PartsProof> {
  const { target, onRequest = false } = request
  const there = await target.reflect()
  const tables = plan.tables.map((planned) => ({ planned, there: findPlanned(planned, there) ?? null }))
  const model = wantedModel(request)
  const { missing, notCompared } = await compareParts({ model, plan, there, tables, target, onRequest })
  const left = unreported(missing, met)
  const untold = [...notCompared, ...unaskedParts(request, plan.dialect)]
  return { missing: left, notCompared: untold, refused: missing.length - left.length }
}
