import type { Backup } from '../backup/backup.ts'
import type { Context, PlannedTable } from '../dialect/dialect.ts'
import { filesOf } from './backup-tables.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import type { BothFacts, RestoreTask } from './restore-task.ts'
import type { RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'
import { notRead, type Place, proofOf, type TableProof } from './table-proof.ts'

export interface RowsRequest {
  readonly backup: Backup
  readonly context: Context
  readonly onEvent: EventListener
}

/** One proof for each place, in their order. Biggest first, so that the longest table is never the last to begin. */
export async function proveRows(
  { backup, context, onEvent }: RowsRequest,
  places: readonly Place[],
  { hands, stop }: RestoreWork,
): Promise<readonly TableProof[]> {
  const sized = places.map((place) => ({ place, ...sizeOf(backup, place.planned) }))
  const readable = sized.filter(({ place }) => place.there !== null && place.lacks.length === 0)
  const sum = (of: 'rows' | 'bytes') => readable.reduce((total, one) => total + one[of], 0)
  stopWhenAborted(context.signal)
  onEvent({ type: 'expect', tables: readable.length, rows: sum('rows'), bytes: sum('bytes') })
  onEvent({ type: 'stage', stage: 'prove' })
  const bySize = readable.toSorted((one, other) => other.bytes - one.bytes).map(({ place }) => place)
  const tasks = bySize.map(({ planned }) => ({ kind: 'expect', table: planned }) as const)
  const facts = (await shareOut<RestoreTask, unknown>(tasks, hands, stop)) as readonly BothFacts[]
  return sized.map(({ place, rows }) => {
    const both = facts[bySize.indexOf(place)]
    return both === undefined ? notRead(place, rows) : proofOf(place, both)
  })
}

function sizeOf(backup: Backup, { source }: PlannedTable) {
  const files = filesOf(backup, source)
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.rowBytes, 0),
  }
}
