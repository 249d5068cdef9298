import type { LoadFacts, PlannedTable } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'
import { filesOf } from './backup-tables.ts'
import { beginStage } from './begin-stage.ts'
import { parentsFirst } from './parents-first.ts'
import type { LoadedTable, RestoreRequest } from './restore-request.ts'
import type { RestoreTask } from './restore-task.ts'
import type { RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'

/** Tells how much there is to load. */
export function expectTables(request: RestoreRequest, tables: readonly PlannedTable[]): void {
  const sum = (of: 'rows' | 'rowBytes') => tables.reduce((total, table) => total + sizeOf(request, table, of), 0)
  request.onEvent({ type: 'expect', tables: tables.length, rows: sum('rows'), bytes: sum('rowBytes') })
}

/**
 * Biggest first, so that the longest table is never the last to begin; into tables with their foreign keys parents first. In the
 * order of the tables.
 */
export async function loadTables(
  request: RestoreRequest,
  tables: readonly PlannedTable[],
  { hands, stop }: RestoreWork,
  intoExisting: boolean,
): Promise<readonly LoadedTable[]> {
  if (tables.length === 0) return []
  beginStage(request, 'load rows')
  const sizes = new Map(tables.map((table) => [table, sizeOf(request, table, 'rowBytes')]))
  const bySize = tables.toSorted((one, other) => sizes.get(other)! - sizes.get(one)!)
  const options = { refuseLoss: request.failOnLoss, intoExisting, withoutDigest: !request.prove }
  const sent = new Map<PlannedTable, LoadFacts>()
  const loading = hands.map((hand) => async (task: LoadTask) => {
    sent.set(task.table, (await hand(task)) as LoadFacts)
  })
  try {
    for (const wave of intoExisting ? parentsFirst(bySize) : [bySize]) {
      const tasks = wave.map((table) => ({ kind: 'load', table, options }) as const)
      await shareOut<LoadTask, void>(tasks, loading, stop)
    }
  } catch (error) {
    if (intoExisting && sent.size > 0) request.context.warn(alreadyLoaded([...sent.keys()]))
    throw error
  }
  return tables.map((planned) => ({ planned, sent: sent.get(planned)! }))
}

type LoadTask = RestoreTask & { readonly kind: 'load' }

/** Who loads the rest later must not load these once more. */
function alreadyLoaded(tables: readonly PlannedTable[]): string {
  const names = tables.map(({ source }) => `--exclude '${fullName(source)}'`)
  return `${tables.length === 1 ? 'one table has its rows' : `${tables.length} tables have their rows`}, and all others none; to load these: ${names.join(' ')}`
}

function sizeOf({ backup }: RestoreRequest, { source }: PlannedTable, of: 'rows' | 'rowBytes'): number {
  return filesOf(backup, source).reduce((sum, file) => sum + file[of], 0)
}
