import type { Backup } from '../backup/backup.ts'
import type { BackupContent } from '../backup/metadata.ts'
import type {
  Context,
  Finding,
  LoadFacts,
  Loss,
  MappingPolicy,
  PlannedStatement,
  PlannedTable,
  RestorePlan,
  RIViolation,
  SchemaPart,
  Target,
} from '../dialect/dialect.ts'
import { RefusedError } from '../errors.ts'
import { replicationAdvice } from '../model/profiles/index.ts'
import { fullName, type Scope } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import { filesOf } from './backup-tables.ts'
import { compareParts } from './compare-parts.ts'
import type { EventListener, Stage } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { leftBehindFindings } from './left-behind-findings.ts'
import { parentsFirst } from './parents-first.ts'
import { wantedModel } from './plan-model.ts'
import { findPlanned, type MissingPart, unreported } from './planned-parts.ts'
import type { RestoreTask } from './restore-task.ts'
import { openRestoreWork, type RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'
import type { ThreadPlace } from './threads/crew.ts'

export interface RestoreRequest extends Partial<Omit<Scope, 'where'>> {
  readonly backup: Backup
  readonly target: Target
  readonly policy: MappingPolicy
  /** Without it the restore is refused when something of the backup exists in the target. */
  readonly allowRestore: boolean
  readonly checkRI: boolean
  /** Read every row back and compare it with what was sent. */
  readonly prove: boolean
  /** Stop with a DataError, and keep nothing of that table, when a value cannot be carried exactly. */
  readonly failOnLoss: boolean
  /** 'schema': no rows are loaded; 'data': rows are added to the tables that are there. Default: what the backup holds. */
  readonly content?: BackupContent
  /** Restore the configuration of a replication that the backup holds, too; default false. */
  readonly withReplicationConfig?: boolean
  /** Make users, roles and permissions, too; default false. */
  readonly onRequest?: boolean
  /** How many threads may load at once; default 1, which is this one. More need `threads`. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
  readonly context: Context
  readonly onEvent: EventListener
}

export interface RestoreResult {
  readonly plan: RestorePlan
  readonly tables: readonly RestoredTable[]
  /** The plan's findings, those that came up on the way, and what is not in the backup. */
  readonly findings: readonly Finding[]
  readonly violations: readonly RIViolation[]
  /** null when no proof was asked for; otherwise whether every table holds what was sent. */
  readonly proven: boolean | null
  /** What is not in the target as the plan makes it, beyond what `findings` say; null when no proof was asked for. */
  readonly missing: readonly MissingPart[] | null
  /** What the user has to do next, as sentences in order. */
  readonly advice: readonly string[]
}

export interface RestoredTable {
  /** In the source: `schema.table`. */
  readonly source: string
  /** In the target, as the target writes it. */
  readonly target: string
  readonly rows: number
  readonly losses: readonly Loss[]
  /** null when not asked for. */
  readonly proven: boolean | null
}

/**
 * Brings a backup into the target. Everything that can be refused is refused before the target is touched: first the
 * files are checked against the metadata, then the plan against what the target holds.
 */
export async function restore(request: RestoreRequest): Promise<RestoreResult> {
  const { signal } = request.context
  try {
    const content = contentOf(request)
    await using work = await openRestoreWork({ ...request, tables: wantedModel(request).tables.length })
    await checkFiles(request, work)
    const plan = await planRestore(request, content)
    const findings = [...plan.findings]
    if (content !== 'data') findings.push(...(await prepareTarget(request, plan)))
    const loaded = content === 'schema' ? [] : await loadTables(request, plan, work, content === 'data')
    const violations: RIViolation[] = []
    for (const part of content === 'data' ? PARTS_OF_DATA : PARTS_AFTER_ROWS) {
      if (part === 'references' && request.checkRI) violations.push(...(await checkRI(request, plan)))
      findings.push(...(await (part === 'keys' ? createKeys(request, plan, work) : create(request, plan, part))))
    }
    if (content === 'data' && request.checkRI) violations.push(...(await checkRI(request, plan)))
    const tables = await proveTables(request, loaded, work)
    const proven = request.prove && content !== 'schema' ? tables.every((table) => table.proven === true) : null
    const missing =
      request.prove && content !== 'data' ? await proveParts(request, plan, findings.slice(plan.findings.length)) : null
    const advice = replicationAdvice(request.backup.metadata.replication ?? [], request.withReplicationConfig ?? false)
    if (content !== 'data') findings.push(...leftBehindFindings(wantedModel(request)))
    return { plan, tables, findings, violations, proven, missing, advice }
  } catch (error) {
    stopWhenAborted(signal, error)
    throw error
  }
}

const PARTS_AFTER_ROWS: readonly SchemaPart[] = ['keys', 'references', 'values', 'objects']
const PARTS_OF_DATA: readonly SchemaPart[] = ['values']

/** What of the backup is restored. Throws a RefusedError when it does not hold that. */
function contentOf({ backup, content }: RestoreRequest): BackupContent {
  const held = backup.metadata.scope?.content ?? 'all'
  if (held === 'all' || held === content) return content ?? 'all'
  if (held === 'schema' && content === undefined) return 'schema'
  throw new RefusedError(
    `cannot restore backup ${backup.path}: it holds ${held === 'schema' ? 'no rows' : 'rows only'}`,
    {
      hint:
        held === 'schema'
          ? 'It was dumped with --schema-only.'
          : 'It was dumped with --data-only: restore it with --data-only into tables that are there.',
    },
  )
}

async function checkFiles(request: RestoreRequest, { hands, stop }: RestoreWork): Promise<void> {
  begin(request, 'verify files')
  const tasks = request.backup.metadata.files.map((file) => ({ kind: 'check', file }) as const)
  await shareOut<RestoreTask, unknown>(tasks, hands, stop)
}

async function planRestore(request: RestoreRequest, content: BackupContent): Promise<RestorePlan> {
  const { backup, target, policy, allowRestore } = request
  begin(request, 'plan')
  const plan = await target.plan(wantedModel(request), policy)
  if (content === 'data') {
    requireTables(request, plan)
    return plan
  }
  if (plan.existing.length === 0 || allowRestore) return plan
  const more = plan.existing.length > 3 ? ` and ${plan.existing.length - 3} more` : ''
  throw new RefusedError(
    `cannot restore backup ${backup.path}: the target has ${plan.existing.slice(0, 3).join(', ')}${more} already`,
    {
      hint: 'Set "allow_restore": true for this target to drop exactly what the backup has, or restore into an empty database.',
    },
  )
}

function requireTables({ backup, target }: RestoreRequest, plan: RestorePlan): void {
  const existing = new Set(plan.existing)
  const missing = plan.tables
    .map(({ schema, name }) => target.quote(schema, name))
    .filter((name) => !existing.has(name))
  if (missing.length === 0) return
  const holdsSchema = backup.metadata.scope?.content !== 'data'
  throw new RefusedError(
    `cannot load the rows of backup ${backup.path}: the target has no table ${missing.slice(0, 3).join(', ')}`,
    {
      hint: holdsSchema
        ? 'Restore with --schema-only first, or without --data-only.'
        : 'The backup was dumped with --data-only: make the tables first, from a backup that holds the schema.',
    },
  )
}

interface LoadedTable {
  readonly planned: PlannedTable
  readonly sent: LoadFacts
}

async function prepareTarget(request: RestoreRequest, plan: RestorePlan): Promise<readonly Finding[]> {
  if (plan.existing.length > 0) {
    begin(request, 'drop existing tables')
    await request.target.dropExisting(plan)
  }
  return create(request, plan, 'tables')
}

/** Biggest first, so that the longest table is never the last to begin; into tables with their foreign keys parents first. */
async function loadTables(
  request: RestoreRequest,
  plan: RestorePlan,
  { hands, stop }: RestoreWork,
  intoExisting: boolean,
): Promise<readonly LoadedTable[]> {
  const { backup, failOnLoss } = request
  const sized = plan.tables.map((planned) => {
    const files = filesOf(backup, planned.source)
    return {
      planned,
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      bytes: files.reduce((sum, file) => sum + file.rowBytes, 0),
    }
  })
  const sum = (of: 'rows' | 'bytes') => sized.reduce((total, one) => total + one[of], 0)
  request.onEvent({ type: 'expect', tables: sized.length, rows: sum('rows'), bytes: sum('bytes') })
  begin(request, 'load rows')
  const bySize = sized.toSorted((one, other) => other.bytes - one.bytes).map(({ planned }) => planned)
  const options = { refuseLoss: failOnLoss, intoExisting }
  const sent = new Map<PlannedTable, LoadFacts>()
  for (const wave of intoExisting ? parentsFirst(bySize) : [bySize]) {
    const tasks = wave.map((table) => ({ kind: 'load', table, options }) as const)
    const facts = (await shareOut<RestoreTask, unknown>(tasks, hands, stop)) as readonly LoadFacts[]
    for (const [i, fact] of facts.entries()) sent.set(wave[i]!, fact)
  }
  return plan.tables.map((planned) => ({ planned, sent: sent.get(planned)! }))
}

const STAGE_OF_PART: Readonly<Record<SchemaPart, Stage>> = {
  tables: 'create tables',
  keys: 'create keys and indexes',
  references: 'create references',
  values: 'set identities and sequences',
  objects: 'create objects',
}

async function create(request: RestoreRequest, plan: RestorePlan, part: SchemaPart): Promise<readonly Finding[]> {
  begin(request, STAGE_OF_PART[part])
  return request.target.createSchema(plan, part)
}

/** Tables beside one another, the biggest first; then what belongs to more than one. */
async function createKeys(
  request: RestoreRequest,
  plan: RestorePlan,
  { hands, stop }: RestoreWork,
): Promise<readonly Finding[]> {
  if (hands.length === 1) return create(request, plan, 'keys')
  begin(request, STAGE_OF_PART.keys)
  const { keys } = plan.statements
  const bytes = bytesOfTables(request.backup)
  const tables = [...new Set(keys.map(({ table }) => table))]
    .filter((table) => table !== undefined)
    .sort((one, other) => (bytes.get(other) ?? 0) - (bytes.get(one) ?? 0))
  const of = (table: string | undefined) =>
    withKeys(
      plan,
      keys.filter((statement) => statement.table === table),
    )
  const tasks = tables.map((table) => ({ kind: 'create keys', plan: of(table) }) as const)
  const findings = (await shareOut<RestoreTask, unknown>(tasks, hands, stop)) as readonly (readonly Finding[])[]
  return [...findings.flat(), ...(await request.target.createSchema(of(undefined), 'keys'))]
}

/** As much of the plan as making keys needs. */
function withKeys(plan: RestorePlan, keys: readonly PlannedStatement[]): RestorePlan {
  const statements = { tables: [], keys, references: [], values: [], objects: [] }
  return { dialect: plan.dialect, tables: [], statements, findings: [], existing: [] }
}

/** Of the rows before compression, by `schema.table`. */
function bytesOfTables({ metadata }: Backup): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>()
  for (const { schema, table, rowBytes } of metadata.files) {
    const name = fullName({ schema, name: table })
    bytes.set(name, (bytes.get(name) ?? 0) + rowBytes)
  }
  return bytes
}

async function checkRI(request: RestoreRequest, plan: RestorePlan): Promise<readonly RIViolation[]> {
  begin(request, 'check referential integrity')
  const violations: RIViolation[] = []
  for await (const violation of request.target.checkRI(plan)) violations.push(violation)
  return violations
}

async function proveTables(
  request: RestoreRequest,
  loaded: readonly LoadedTable[],
  { hands, stop }: RestoreWork,
): Promise<readonly RestoredTable[]> {
  const { target, prove } = request
  if (prove && loaded.length > 0) begin(request, 'prove')
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

async function proveParts(
  request: RestoreRequest,
  plan: RestorePlan,
  findings: readonly Finding[],
): Promise<readonly MissingPart[]> {
  const { target } = request
  const there = await target.reflect()
  const tables = plan.tables.map((planned) => ({ planned, there: findPlanned(planned, there) ?? null }))
  const { missing } = await compareParts({ model: wantedModel(request), plan, there, tables, target })
  return unreported(missing, findings)
}

function begin(request: Pick<RestoreRequest, 'context' | 'onEvent'>, stage: Stage): void {
  stopWhenAborted(request.context.signal)
  request.onEvent({ type: 'stage', stage })
}
