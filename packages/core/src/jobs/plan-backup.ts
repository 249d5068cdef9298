import type { Backup } from '../backup/backup.ts'
import type { Context, Finding, PlannedTable, RestorePlan, RowInspection } from '../dialect/dialect.ts'
import { DamagedBackupError } from '../errors.ts'
import type { Module, NativeObject, SchemaModel } from '../model/schema-model.ts'
import { fullName, moduleName } from '../model/scope.ts'
import { filesOf, readTable } from './backup-tables.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { leftBehindFindings } from './left-behind-findings.ts'
import { type WantedParts, wantedModel } from './plan-model.ts'

export interface PlanRequest extends WantedParts {
  /** The plan of a target, or of no server at all. */
  plan(model: SchemaModel): Promise<RestorePlan> | RestorePlan
  /** Absent: no rows are read. */
  inspect?(plan: RestorePlan): Promise<RowInspection>
  readonly context: Pick<Context, 'signal'>
  readonly onEvent: EventListener
}

export interface BackupPlan {
  readonly plan: RestorePlan
  /** One for each table of the plan, in its order. */
  readonly sizes: readonly TableSize[]
  /** Those of the plan, those of the rows, then what is not in the backup. */
  readonly findings: readonly Finding[]
  /** What the target gets nothing of, and somebody may want to write anew. */
  readonly byHand: readonly ObjectByHand[]
  /** How many rows were looked at. */
  readonly rowsRead: number
}

export interface TableSize {
  readonly rows: number
  /** Of the rows in the backup, uncompressed. */
  readonly bytes: number
}

export interface ObjectByHand {
  readonly kind: string
  /** Its full name in the source. */
  readonly object: string
  /** In the words of the source. */
  readonly text: string
}

/** What a restore would do, and what it would meet in the rows. Changes nothing. */
export async function planBackup(request: PlanRequest): Promise<BackupPlan> {
  const { backup, onEvent } = request
  const model = wantedModel(request)
  onEvent({ type: 'stage', stage: 'plan' })
  const plan = await request.plan(model)
  const sizes = plan.tables.map((table) => sizeOf(backup, table))
  const inspection = backup.metadata.scope?.content === 'schema' ? undefined : await request.inspect?.(plan)
  const rowsRead = inspection === undefined ? 0 : await inspectRows(request, plan, sizes, inspection)
  const lost = lostOf(plan)
  return {
    plan,
    sizes,
    findings: [
      ...plan.findings,
      ...(plan.replaced ?? []),
      ...(inspection?.findings() ?? []),
      ...leftBehindFindings(model),
    ],
    byHand: [...modulesByHand(model, lost), ...objectsByHand(model, lost)],
    rowsRead,
  }
}

function sizeOf(backup: Backup, { source }: PlannedTable): TableSize {
  const files = backup.metadata.scope?.content === 'schema' ? [] : filesOf(backup, source)
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.rowBytes, 0),
  }
}

/** How many rows were looked at; where the load of a table would end, the rest of it is not read. */
async function inspectRows(
  { backup, context, onEvent }: PlanRequest,
  plan: RestorePlan,
  sizes: readonly TableSize[],
  inspection: RowInspection,
): Promise<number> {
  onEvent({ type: 'stage', stage: 'inspect rows' })
  const sum = (of: keyof TableSize) => sizes.reduce((total, size) => total + size[of], 0)
  onEvent({ type: 'expect', tables: sizes.length, rows: sum('rows'), bytes: sum('bytes') })
  let rowsRead = 0
  for (const planned of plan.tables) {
    const table = fullName(planned.source)
    const begun = performance.now()
    onEvent({ type: 'table-begin', table })
    let [rows, bytes] = [0, 0]
    for await (const block of readTable(backup, planned.source, () => {})) {
      stopWhenAborted(context.signal)
      const taken = take(inspection, planned, block)
      rowsRead += taken
      rows += block.rows
      bytes += block.bytes.length
      onEvent({ type: 'progress', table, rows: block.rows, bytes: block.bytes.length })
      if (taken < block.rows) break
    }
    onEvent({ type: 'table-end', table, rows, bytes, seconds: (performance.now() - begun) / 1000 })
  }
  return rowsRead
}

function take(inspection: RowInspection, table: PlannedTable, block: Parameters<RowInspection['take']>[1]): number {
  try {
    return inspection.take(table, block)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new DamagedBackupError(`cannot read the rows of ${fullName(table.source)}: ${cause.message}`, { cause })
  }
}

function modulesByHand({ modules }: SchemaModel, lost: ReadonlySet<string>): readonly ObjectByHand[] {
  return modules
    .filter((module) => lost.has(wordsFor(module.kind, moduleName(module))))
    .flatMap((module: Module) =>
      module.definition === null ? [] : [{ kind: module.kind, object: moduleName(module), text: module.definition }],
    )
}

function objectsByHand({ objects = [] }: SchemaModel, lost: ReadonlySet<string>): readonly ObjectByHand[] {
  return objects
    .filter(({ kind, name }) => lost.has(wordsFor(kind, name)))
    .map(({ kind, name, statements }: NativeObject) => ({ kind, object: name, text: statements.join(';\n') }))
}

/** What is not there afterwards. */
function lostOf({ findings }: RestorePlan): ReadonlySet<string> {
  return new Set(
    findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => wordsFor(kind, object)),
  )
}

function wordsFor(kind: string, object: string): string {
  return `${kind} ${object}`
}
