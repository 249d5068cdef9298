import type { BackupContent } from '../backup/metadata.ts'
import type { Finding, RestorePlan, RIViolation, SchemaPart } from '../dialect/dialect.ts'
import { RefusedError } from '../errors.ts'
import { replicationAdvice } from '../model/profiles/index.ts'
import { beginStage, STAGE_OF_PART } from './begin-stage.ts'
import { createKeys } from './create-keys.ts'
import { stopWhenAborted } from './interrupt.ts'
import { expectTables, loadTables } from './load-tables.ts'
import { wantedModel } from './plan-model.ts'
import { proveParts, proveTables } from './prove-restore.ts'
import { restoreFindings } from './restore-findings.ts'
import type { RestoreRequest, RestoreResult } from './restore-request.ts'
import type { RestoreTask } from './restore-task.ts'
import { openRestoreWork, type RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'

export type { RestoredTable, RestoreRequest, RestoreResult } from './restore-request.ts'

/**
 * Brings a backup into the target. Everything that can be refused is refused before the target is touched: first the
 * files are checked against the metadata, then the plan against what the target holds.
 */
export async function restore(request: RestoreRequest): Promise<RestoreResult> {
  const { signal } = request.context
  try {
    const content = contentOf(request)
    const checksRI = request.checkRI && content !== 'schema'
    await using work = await openRestoreWork({ ...request, tables: wantedModel(request).tables.length })
    await checkFiles(request, work)
    const plan = await planRestore(request, content)
    const met: Finding[] = []
    if (content !== 'data') met.push(...(await prepareTarget(request, plan)))
    if (content !== 'schema') expectTables(request, plan.tables)
    const late = content === 'all' ? plan.tables.filter(({ afterKeys }) => afterKeys) : []
    const rest = content === 'schema' ? [] : plan.tables.filter((table) => !late.includes(table))
    const loaded = [...(await loadTables(request, rest, work, content === 'data'))]
    const violations: RIViolation[] = []
    for (const part of content === 'data' ? PARTS_OF_DATA : PARTS_AFTER_ROWS) {
      if (part === 'references' && checksRI) violations.push(...(await checkRI(request, plan)))
      met.push(...(await (part === 'keys' ? createKeys(request, plan, work) : create(request, plan, part))))
      if (part === 'keys') loaded.push(...(await loadTables(request, late, work, false)))
    }
    if (content === 'data' && checksRI) violations.push(...(await checkRI(request, plan)))
    const tables = await proveTables(request, loaded, work)
    const proven = request.prove && content !== 'schema' ? tables.every((table) => table.proven === true) : null
    const parts = request.prove && content !== 'data' ? await proveParts(request, plan) : UNASKED
    const advice = replicationAdvice(request.backup.metadata.replication ?? [], request.withReplicationConfig ?? false)
    const findings = restoreFindings(request, content, plan, met)
    return { plan, tables, findings, violations: checksRI ? violations : null, proven, ...parts, advice }
  } catch (error) {
    stopWhenAborted(signal, error)
    throw error
  }
}

const UNASKED = { missing: null, unattainable: null, notCompared: null } as const

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
  beginStage(request, 'verify files')
  const tasks = request.backup.metadata.files.map((file) => ({ kind: 'check', file }) as const)
  await shareOut<RestoreTask, unknown>(tasks, hands, stop)
}

async function planRestore(request: RestoreRequest, content: BackupContent): Promise<RestorePlan> {
  const { backup, target, policy, allowRestore } = request
  beginStage(request, 'plan')
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

async function prepareTarget(request: RestoreRequest, plan: RestorePlan): Promise<readonly Finding[]> {
  if (plan.existing.length > 0) {
    beginStage(request, 'drop existing tables')
    await request.target.dropExisting(plan)
  }
  return create(request, plan, 'tables')
}

async function create(request: RestoreRequest, plan: RestorePlan, part: SchemaPart): Promise<readonly Finding[]> {
  beginStage(request, STAGE_OF_PART[part])
  return request.target.createSchema(plan, part)
}

async function checkRI(request: RestoreRequest, plan: RestorePlan): Promise<readonly RIViolation[]> {
  beginStage(request, 'check referential integrity')
  const violations: RIViolation[] = []
  for await (const violation of request.target.checkRI(plan)) violations.push(violation)
  return violations
}
