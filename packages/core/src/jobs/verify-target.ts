import type { MappingPolicy, Target } from '../dialect/dialect.ts'
import { DataError, RefusedError } from '../errors.ts'
import { compareParts, type PartsComparison } from './compare-parts.ts'
import { stopWhenAborted } from './interrupt.ts'
import { unaskedParts, type WantedParts, wantedModel } from './plan-model.ts'
import type { MissingPart } from './planned-parts.ts'
import { proveRows } from './prove-rows.ts'
import { openRestoreWork, type RestoreWork } from './restore-work.ts'
import { type DifferentRowsRequest, showDifferentRows } from './show-different-rows.ts'
import { placeOf, provenUnread, type TableProof } from './table-proof.ts'
import type { ThreadPlace } from './threads/crew.ts'

export type { PartsComparison } from './compare-parts.ts'
export type { TableProof } from './table-proof.ts'

export interface VerifyTargetRequest extends WantedParts, DifferentRowsRequest {
  readonly target: Target
  /** The one that the restore had. */
  readonly policy: MappingPolicy
  /** As for `restore`. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
}

export interface TargetProof extends Pick<PartsComparison, 'unattainable' | 'notCompared'> {
  /** All that the backup says is in the target: every row, bit for bit, and every part of the plan that could be compared. */
  readonly proven: boolean
  /** One for each table of the plan, in its order. */
  readonly tables: readonly TableProof[]
  /**
   * Tables, columns, keys, indexes, constraints, sequences, views and all else that is not as the plan makes it; null where the
   * backup holds rows only.
   */
  readonly missing: readonly MissingPart[] | null
}

/**
 * Proves that what a restore of the backup would send is what is in the target: all rows in the form in which they are sent, and the
 * parts of the plan. Needs no source and changes nothing. Whether the files are whole is for `verify`.
 */
export async function verifyTarget(request: VerifyTargetRequest): Promise<TargetProof> {
  try {
    await using work = await openRestoreWork({ ...request, tables: wantedModel(request).tables.length })
    return await prove(request, work)
  } catch (error) {
    stopWhenAborted(request.context.signal, error)
    throw error
  }
}

async function prove(request: VerifyTargetRequest, work: RestoreWork): Promise<TargetProof> {
  const { backup, target, policy, onEvent, onRequest = false } = request
  const content = backup.metadata.scope?.content ?? 'all'
  onEvent({ type: 'stage', stage: 'plan' })
  const model = wantedModel(request)
  const plan = await target.plan(model, policy).catch(refuseToProve)
  const there = await target.reflect()
  const places = plan.tables.map((planned) => placeOf(planned, plan, there, target))
  const proofs = content === 'schema' ? places.map(provenUnread) : await proveRows(request, places, work)
  // Rows were added to tables that somebody else had made.
  const { missing, unattainable, notCompared } =
    content === 'data' ? UNCOMPARED : await compareParts({ model, plan, there, tables: places, target, onRequest })
  const tables = content === 'schema' ? proofs : await showDifferentRows(request, places, proofs, there)
  const proven = (missing ?? []).length === 0 && tables.every((table) => table.proven)
  const unasked = missing === null ? [] : unaskedParts(request, plan.dialect)
  return { proven, tables, missing, unattainable, notCompared: [...notCompared, ...unasked] }
}

/** Where the plan of a restore is refused, because something else has the name of a table, the target is not what one has made. */
function refuseToProve(error: unknown): never {
  if (!(error instanceof RefusedError)) throw error
  throw new DataError(`cannot find what the backup holds in the target: ${error.message}`, {
    cause: error,
    hint: 'The target was changed after the restore, or is not the one that was restored.',
  })
}

const UNCOMPARED = { missing: null, unattainable: [], notCompared: [] } as const
