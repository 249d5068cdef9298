import type { Context, Loss, MappingPolicy, PlannedTable, RestorePlan, Source, Target } from '../dialect/dialect.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import { filesOf } from './backup-tables.ts'
import { compareParts, type PartsComparison } from './compare-parts.ts'
import { rowsOf } from './compared-side.ts'
import { rowWords } from './different-row-text.ts'
import { type DifferentRow, findDifferentRows } from './different-rows.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import type { LeftOutColumn } from './pair-columns.ts'
import { type WantedParts, wantedModel } from './plan-model.ts'
import { pairPlannedColumns } from './planned-columns.ts'
import { findPlanned, type MissingPart, missingColumns } from './planned-parts.ts'
import type { BothFacts, RestoreTask } from './restore-task.ts'
import { openRestoreWork, type RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'
import type { ThreadPlace } from './threads/crew.ts'

export interface VerifyTargetRequest extends Omit<WantedParts, 'onRequest'> {
  readonly target: Target
  /** The one that the restore had. */
  readonly policy: MappingPolicy
  /** So many rows of each table that differs are named; default 0. Such a table is read twice more, through `openSource`. */
  readonly showRows?: number
  /** The target opened for reading rows; absent: its dialect reads none. */
  readonly openSource?: () => Promise<Source>
  /** As for `restore`. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
  readonly context: Context
  readonly onEvent: EventListener
}

export interface TargetProof {
  /** All that the backup says is in the target: every row, bit for bit, and every part of the plan. */
  readonly proven: boolean
  /** One for each table of the plan, in its order. */
  readonly tables: readonly TableProof[]
  /** Tables, columns, keys, indexes, constraints, sequences, views and all else that is not as the plan makes it. */
  readonly missing: readonly MissingPart[]
  /** Parts of which it could not be told whether they are: a sentence each. */
  readonly notCompared: readonly string[]
}

export interface TableProof {
  /** In the source: `schema.table`. */
  readonly source: string
  /** As the target writes it. */
  readonly target: string
  /** How many rows the backup has; null: the backup holds no rows. */
  readonly rows: number | null
  /** How many are there; null where they were not read: no such table, or one without all the columns. */
  readonly found: number | null
  readonly proven: boolean
  /** What the restore had to alter, which is no difference. */
  readonly losses: readonly Loss[]
  /** Some of the rows that differ, where that was asked for; A is the backup and B the target. */
  readonly differentRows: readonly DifferentRow[]
  /** Columns in which rows were not looked for. */
  readonly leftOut: readonly LeftOutColumn[]
  readonly sentence: string
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
  const { backup, target, policy, onEvent } = request
  const content = backup.metadata.scope?.content ?? 'all'
  onEvent({ type: 'stage', stage: 'plan' })
  const model = wantedModel(request)
  const plan = await target.plan(model, policy)
  const there = await target.reflect()
  const places = plan.tables.map((planned) => placeOf(planned, plan, there, target))
  const proofs = content === 'schema' ? places.map(provenUnread) : await proveRows(request, places, work)
  // Rows were added to tables that somebody else had made.
  const { missing, notCompared } =
    content === 'data' ? NOTHING_MISSING : await compareParts({ model, plan, there, tables: places, target })
  const tables = content === 'schema' ? proofs : await showRows(request, places, proofs, there)
  return { proven: missing.length === 0 && tables.every(({ proven }) => proven), tables, missing, notCompared }
}

const NOTHING_MISSING: PartsComparison = { missing: [], notCompared: [] }

/** Where a planned table is in the target. */
interface Place {
  readonly planned: PlannedTable
  readonly target: string
  /** null: the target has no such table. */
  readonly there: Table | null
  readonly lacks: readonly string[]
}

function placeOf(planned: PlannedTable, { existing }: RestorePlan, model: SchemaModel, session: Target): Place {
  const target = session.quote(planned.schema, planned.name)
  const there = existing.includes(target) ? (findPlanned(planned, model) ?? null) : null
  return { planned, target, there, lacks: there === null ? [] : missingColumns(planned, there) }
}

function provenUnread({ planned, target, there }: Place): TableProof {
  const source = fullName(planned.source)
  const sentence = there === null ? noTable(source, target) : `table ${source}: it is there; the backup holds no rows`
  return { ...unread(source, target), rows: null, proven: there !== null, sentence }
}

/** Biggest first, so that the longest table is never the last to begin. */
async function proveRows(
  { backup, context, onEvent }: VerifyTargetRequest,
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

function sizeOf(backup: VerifyTargetRequest['backup'], { source }: PlannedTable) {
  const files = filesOf(backup, source)
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.rowBytes, 0),
  }
}

function proofOf({ planned, target }: Place, { expected, found }: BothFacts): TableProof {
  const source = fullName(planned.source)
  const proven = sameFacts(expected, found)
  return {
    ...unread(source, target),
    rows: expected.rows,
    found: found.rows,
    proven,
    losses: expected.losses,
    sentence: `table ${source}: ${rowsWords(expected.rows, found.rows, proven)}`,
  }
}

function rowsWords(expected: number, found: number, proven: boolean): string {
  const rows = `${expected} row${expected === 1 ? '' : 's'}`
  if (proven) return `${rows} in the target as in the backup`
  if (expected === found) return `${rows} in the target as in the backup, but not with the same values`
  return `${rows} in the backup and ${found} in the target`
}

function notRead({ planned, target, there, lacks }: Place, rows: number): TableProof {
  const source = fullName(planned.source)
  const sentence =
    there === null
      ? noTable(source, target)
      : `table ${source}: not compared, the target lacks column ${lacks.join(', ')}`
  return { ...unread(source, target), rows, sentence }
}

function noTable(source: string, target: string): string {
  return `table ${source}: the target has no table ${target}`
}

function unread(source: string, target: string) {
  return {
    source,
    target,
    rows: null,
    found: null,
    proven: false,
    losses: [],
    differentRows: [],
    leftOut: [],
    sentence: '',
  }
}

const SIDES = { A: 'the backup', B: 'the target' } as const

/** The rows that differ, of each table whose rows do, where that was asked for. */
async function showRows(
  request: VerifyTargetRequest,
  places: readonly Place[],
  proofs: readonly TableProof[],
  model: SchemaModel,
): Promise<readonly TableProof[]> {
  const { backup, context, onEvent, showRows: limit = 0, openSource } = request
  const differs = proofs.some(({ proven, found }) => !proven && found !== null)
  if (limit === 0 || openSource === undefined || !differs) return proofs
  await using source = await openSource()
  const sides = [
    rowsOf({ kind: 'backup', backup }, { model, scope: undefined })!,
    rowsOf({ kind: 'live', session: source }, { model, scope: undefined })!,
  ] as const
  const shown: TableProof[] = []
  for (const [i, proof] of proofs.entries()) {
    const { planned, there } = places[i]!
    if (proof.proven || proof.found === null || there === null) {
      shown.push(proof)
      continue
    }
    const pair = pairPlannedColumns(planned, there, proof.losses)
    const rows = pair.countsOnly ? [] : await findDifferentRows(pair, sides, { limit, context, onEvent })
    const differentRows = rows.map((row) => ({ ...row, sentence: rowWords(row, SIDES) }))
    shown.push({ ...proof, differentRows, leftOut: pair.leftOut })
  }
  return shown
}
