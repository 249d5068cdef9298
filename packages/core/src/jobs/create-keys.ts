import type { Backup } from '../backup/backup.ts'
import type { Finding, PlannedStatement, RestorePlan } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'
import { beginStage, STAGE_OF_PART } from './begin-stage.ts'
import type { RestoreRequest } from './restore-request.ts'
import type { RestoreTask } from './restore-task.ts'
import type { RestoreWork } from './restore-work.ts'
import { shareOut } from './share-out.ts'

/** Tables beside one another, the biggest first; then what belongs to more than one. */
export async function createKeys(
  request: RestoreRequest,
  plan: RestorePlan,
  { hands, stop }: RestoreWork,
): Promise<readonly Finding[]> {
  beginStage(request, STAGE_OF_PART.keys)
  if (hands.length === 1) return request.target.createSchema(plan, 'keys')
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
