import type { Backup } from '../backup/backup.ts'
import type {
  Finding,
  Loss,
  MappingPolicy,
  PlannedTable,
  RestorePlan,
  RIViolation,
  SchemaPart,
  Target,
} from '../dialect/dialect.ts'
import { RefusedError } from '../errors.ts'
import { fullName } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import { filesOf, readTable } from './backup-tables.ts'
import { checkFiles } from './check-files.ts'
import type { EventListener, Stage } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'

export interface RestoreRequest {
  readonly backup: Backup
  readonly target: Target
  readonly policy: MappingPolicy
  /** Without it the restore is refused when a table of the backup exists in the target. */
  readonly allowRestore: boolean
  readonly checkRI: boolean
  /** Read every row back and compare it with what was sent. */
  readonly prove: boolean
  /** Stop with a DataError, and keep nothing of that table, when a value cannot be carried exactly. */
  readonly failOnLoss: boolean
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface RestoreResult {
  readonly plan: RestorePlan
  readonly tables: readonly RestoredTable[]
  /** The plan's findings and those that came up on the way. */
  readonly findings: readonly Finding[]
  readonly violations: readonly RIViolation[]
  /** null when no proof was asked for; otherwise whether every table holds what was sent. */
  readonly proven: boolean | null
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
  const { backup, signal, onEvent } = request
  try {
    await checkFiles(backup, signal, onEvent)
    const plan = await planRestore(request)
    const findings = [...plan.findings, ...(await prepareTarget(request, plan))]
    const loaded = await loadTables(request, plan)
    findings.push(...(await create(request, plan, 'keys')))
    const violations = request.checkRI ? await checkRI(request, plan) : []
    for (const part of ['references', 'values', 'objects'] as const)
      findings.push(...(await create(request, plan, part)))
    const tables = await proveTables(request, loaded)
    const proven = request.prove ? tables.every((table) => table.proven === true) : null
    return { plan, tables, findings, violations, proven }
  } catch (error) {
    stopWhenAborted(signal, error)
    throw error
  }
}

async function planRestore({ backup, target, policy, allowRestore, ...request }: RestoreRequest): Promise<RestorePlan> {
  begin(request, 'plan')
  const plan = await target.plan(backup.metadata.model, policy)
  if (plan.existing.length === 0 || allowRestore) return plan
  const more = plan.existing.length > 3 ? ` and ${plan.existing.length - 3} more` : ''
  throw new RefusedError(
    `cannot restore backup ${backup.path}: the target has ${plan.existing.slice(0, 3).join(', ')}${more} already`,
    {
      hint: 'Set "allow_restore": true for this target to drop exactly the tables of the backup, or restore into an empty database.',
    },
  )
}

interface LoadedTable {
  readonly planned: PlannedTable
  readonly sent: RowFacts & { readonly losses: readonly Loss[] }
}

async function prepareTarget(request: RestoreRequest, plan: RestorePlan): Promise<readonly Finding[]> {
  const { files } = request.backup.metadata
  request.onEvent({
    type: 'expect',
    tables: plan.tables.length,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.rowBytes, 0),
  })
  if (plan.existing.length > 0) {
    begin(request, 'drop existing tables')
    await request.target.dropExisting(plan)
  }
  return create(request, plan, 'tables')
}

/** Biggest first, so that the longest table is never the last to begin. */
async function loadTables(request: RestoreRequest, plan: RestorePlan): Promise<readonly LoadedTable[]> {
  const { backup } = request
  begin(request, 'load rows')
  const bytesOf = (planned: PlannedTable) =>
    filesOf(backup, planned.source).reduce((sum, file) => sum + file.rowBytes, 0)
  const bySize = plan.tables.map((planned) => ({ planned, bytes: bytesOf(planned) })).sort((a, b) => b.bytes - a.bytes)
  const loaded: LoadedTable[] = []
  for (const { planned } of bySize) loaded.push(await loadTable(request, planned))
  return plan.tables.map((planned) => loaded.find((one) => one.planned === planned)!)
}

async function loadTable(request: RestoreRequest, planned: PlannedTable): Promise<LoadedTable> {
  const { backup, target, failOnLoss, signal, onEvent } = request
  stopWhenAborted(signal)
  const table = fullName(planned.source)
  const begun = performance.now()
  let bytes = 0
  onEvent({ type: 'table-begin', table })
  const blocks = readTable(backup, planned.source, (block) => {
    bytes += block.bytes.length
    onEvent({ type: 'progress', table, rows: block.rows, bytes: block.bytes.length })
  })
  const sent = await target.bulkLoad(planned, blocks, { refuseLoss: failOnLoss })
  onEvent({ type: 'table-end', table, rows: sent.rows, bytes, seconds: (performance.now() - begun) / 1000 })
  return { planned, sent }
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

async function checkRI(request: RestoreRequest, plan: RestorePlan): Promise<readonly RIViolation[]> {
  begin(request, 'check referential integrity')
  const violations: RIViolation[] = []
  for await (const violation of request.target.checkRI(plan)) violations.push(violation)
  return violations
}

async function proveTables(request: RestoreRequest, loaded: readonly LoadedTable[]): Promise<readonly RestoredTable[]> {
  const { target, prove } = request
  if (prove) begin(request, 'prove')
  const tables: RestoredTable[] = []
  for (const { planned, sent } of loaded) {
    stopWhenAborted(request.signal)
    tables.push({
      source: fullName(planned.source),
      target: target.quote(planned.schema, planned.name),
      rows: sent.rows,
      losses: sent.losses,
      proven: prove ? sameFacts(sent, await target.digest(planned)) : null,
    })
  }
  return tables
}

function begin(request: Pick<RestoreRequest, 'signal' | 'onEvent'>, stage: Stage): void {
  stopWhenAborted(request.signal)
  request.onEvent({ type: 'stage', stage })
}
