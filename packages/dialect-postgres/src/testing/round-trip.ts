import {
  type ConnectionSettings,
  type Context,
  type Finding,
  fullName,
  type PlannedTable,
  type RowFacts,
  RowWalker,
  type SchemaModel,
  type Source,
  sameFacts,
  type Table,
} from '@albackup/core'
import { postgres } from '../index.ts'

/** What became of a database that was read, restored into another, and read again. */
export interface RoundTrip {
  readonly before: SchemaModel
  readonly after: SchemaModel
  readonly findings: readonly Finding[]
  /** Tables whose proof failed, or whose rows are not those of the source. */
  readonly different: readonly string[]
}

const CONTEXT: Context = { signal: new AbortController().signal, warn() {}, debug() {} }

export async function roundTrip(
  from: ConnectionSettings,
  to: ConnectionSettings,
  wanted = withoutRoles,
): Promise<RoundTrip> {
  await using source = await openSource(from)
  await using target = await postgres.openTarget!(postgres.parseConnection(to), CONTEXT)
  const before = await source.reflect()
  const plan = await target.plan(wanted(before), {})
  await target.dropExisting(plan)
  const findings = [...plan.findings, ...(await target.createSchema(plan, 'tables'))]
  const different: string[] = []
  const load = async (planned: PlannedTable) => {
    const sent = await target.bulkLoad(planned, source.readRows(planned.source, null), { refuseLoss: true })
    if (!sameFacts(sent, await target.digest(planned))) different.push(`${fullName(planned)} is not as sent`)
  }
  for (const planned of plan.tables) if (!planned.afterKeys) await load(planned)
  for (const part of ['keys', 'references', 'values', 'objects'] as const) {
    findings.push(...(await target.createSchema(plan, part)))
    if (part !== 'keys') continue
    for (const planned of plan.tables) if (planned.afterKeys) await load(planned)
  }
  await using again = await openSource(to)
  const after = await again.reflect()
  for (const table of before.tables) {
    const there = after.tables.find((one) => fullName(one) === fullName(table)) ?? table
    if (!sameFacts(await factsOf(source, table), await factsOf(again, there)))
      different.push(`${fullName(table)} differs`)
  }
  return { before: wanted(before), after: wanted(after), findings, different }
}

/** As a restore without --permissions has it. */
function withoutRoles(model: SchemaModel): SchemaModel {
  return { ...model, objects: (model.objects ?? []).filter(({ onRequest }) => onRequest !== true) }
}

function openSource(connection: ConnectionSettings): Promise<Source> {
  return postgres.openSource!(postgres.parseConnection(connection), CONTEXT)
}

async function factsOf(source: Source, table: Table): Promise<RowFacts> {
  const walker = new RowWalker(table)
  for await (const block of source.readRows(table, null)) walker.walk(block)
  return walker.facts
}
