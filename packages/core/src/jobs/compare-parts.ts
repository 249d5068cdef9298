import type { PlannedTable, RestorePlan, Target } from '../dialect/dialect.ts'
import type { MadeSchema } from '../dialect/made-schema.ts'
import { neutralName, unquoted } from '../model/neutral-form.ts'
import type { ForeignKey, SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { judgeAdded, judgeGiven, leftToPeople, unseenParts } from './added-parts.ts'
import { type ChangedPart, judgeChanges } from './changed-part.ts'
import { objectDeviations } from './made-objects.ts'
import { type Deviations, tableDeviations } from './made-parts.ts'
import { type MissingPart, missingParts } from './planned-parts.ts'
import { identitiesBehind, sequencesBehind } from './planned-values.ts'

export interface PartsRequest {
  /** What the restore was asked for. */
  readonly model: SchemaModel
  readonly plan: RestorePlan
  /** What the target reflects now. */
  readonly there: SchemaModel
  /** `there`: null where the target has no such table, of which nothing more is said. */
  readonly tables: readonly { readonly planned: PlannedTable; readonly there: Table | null }[]
  readonly target: Pick<Target, 'compareTexts' | 'checkRI'>
  /** Users, roles and permissions are in the model; default false. */
  readonly onRequest?: boolean
}

export interface PartsComparison {
  readonly missing: readonly MissingPart[]
  /** Parts of which it could not be told whether they are as the plan makes them: a sentence each. */
  readonly notCompared: readonly string[]
}

/** What is not in the target as the plan makes it, rows aside. Changes nothing. */
export async function compareParts(request: PartsRequest): Promise<PartsComparison> {
  const { model, plan, there, tables, target, onRequest = false } = request
  const { makes } = plan
  const deviations = [
    ...tables.flatMap((table) => (table.there === null ? [] : [deviationsOf(table.planned, table.there, plan)])),
    ...(makes === undefined ? [] : [objectDeviations(makes, there, onRequest)]),
  ]
  const isLeft = leftToPeople(plan, model)
  const given = judgeGiven(
    deviations.flatMap(({ changed }) => changed),
    isLeft,
  )
  const wanted = given.changed.filter((change) => !isFallback(change, plan))
  const { changed, notCompared } = await judgeChanges(await withoutBroken(wanted, plan, target), target)
  const behind = tables.flatMap((table) => (table.there === null ? [] : identitiesBehind(table.planned, table.there)))
  const beyond = judgeAdded(
    deviations.flatMap(({ added }) => added),
    isLeft,
  )
  const missing = [...deviations.flatMap((one) => one.missing), ...changed, ...beyond.added, ...behind]
  const unseen = makes === undefined ? [] : unseenParts(model, there, makes)
  return {
    missing: byTable([...missing, ...sequencesBehind(model, there, plan)], plan),
    notCompared: [...notCompared, ...given.notCompared, ...beyond.notCompared, ...unseen],
  }
}

/** In the order of the plan; what belongs to no table at the end. */
function byTable(parts: readonly MissingPart[], { tables }: RestorePlan): readonly MissingPart[] {
  const places = new Map(tables.map(({ source }, i) => [fullName(source), i]))
  const placeOf = ({ table, kind }: MissingPart) =>
    (kind === 'sequence' ? undefined : places.get(table)) ?? tables.length
  return parts.toSorted((one, other) => placeOf(one) - placeOf(other))
}

function deviationsOf(planned: PlannedTable, there: Table, plan: RestorePlan): Deviations {
  const made = plan.makes && findMade(planned, plan.makes)
  if (made === undefined) return { missing: missingParts(planned, there, plan), changed: [], added: [] }
  return tableDeviations(fullName(planned.source), made, there)
}

function findMade({ schema, name }: PlannedTable, { tables }: MadeSchema): Table | undefined {
  return tables.find((table) => table.schema === schema && table.name === name)
}

/** A restore makes a key nonclustered where the server refuses the other. */
function isFallback({ table, kind, name, aspect }: ChangedPart, { statements }: RestorePlan): boolean {
  const object = neutralName(`${table}.${name}`)
  return (
    aspect === 'clustering' &&
    statements.keys.some(
      (one) => one.fallback !== undefined && one.kind === kind && neutralName(unquoted(one.object)) === object,
    )
  )
}

/** A restore makes a foreign key without trust when there are rows that break it; those are the backup's own. */
async function withoutBroken(
  changes: readonly ChangedPart[],
  plan: RestorePlan,
  target: PartsRequest['target'],
): Promise<readonly ChangedPart[]> {
  const untrusted = changes.filter(({ kind, aspect }) => kind === 'foreign key' && aspect === 'trust')
  if (untrusted.length === 0) return changes
  const isAsked = ({ source }: PlannedTable) => untrusted.some(({ table }) => table === fullName(source))
  const asked = plan.tables.map((table) =>
    isAsked(table) ? table : { ...table, source: { ...table.source, foreignKeys: [] } },
  )
  const broken: { readonly table: string; readonly key: ForeignKey }[] = []
  for await (const { table, foreignKey } of target.checkRI({ ...plan, tables: asked })) {
    const { source } = asked.find((one) => [fullName(one.source), fullName(one)].includes(unquoted(table))) ?? {}
    const key = source?.foreignKeys.find(({ name }) => name === unquoted(foreignKey))
    if (key !== undefined) broken.push({ table: fullName(source!), key })
  }
  // What the source's server named has another name here.
  const isBroken = ({ table, name }: ChangedPart) =>
    broken.some(
      (one) => one.table === table && (one.key.systemNamed || neutralName(one.key.name) === neutralName(name)),
    )
  return changes.filter((change) => !untrusted.includes(change) || !isBroken(change))
}
