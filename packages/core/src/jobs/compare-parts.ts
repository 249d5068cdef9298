import type { PlannedTable, RestorePlan, Target } from '../dialect/dialect.ts'
import type { MadeSchema } from '../dialect/made-schema.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { judgeAdded, judgeGiven, leftToPeople, unseenParts } from './added-parts.ts'
import { judgeChanges } from './changed-part.ts'
import { objectDeviations } from './made-objects.ts'
import { type Deviations, tableDeviations } from './made-parts.ts'
import { type MissingPart, missingParts } from './planned-parts.ts'
import { identitiesBehind, sequencesBehind } from './planned-values.ts'
import { type MadeAndThere, withoutUnattainable } from './unattainable-parts.ts'

export interface PartsRequest {
  /** What the restore was asked for. */
  readonly model: SchemaModel
  readonly plan: RestorePlan
  /** What the target reflects now. */
  readonly there: SchemaModel
  /** `there`: null where the target has no such table, of which nothing more is said. */
  readonly tables: readonly { readonly planned: PlannedTable; readonly there: Table | null }[]
  readonly target: Pick<Target, 'compareTexts' | 'checkRI' | 'checkRules'>
  /** Users, roles and permissions are in the model; default false. */
  readonly onRequest?: boolean
}

export interface PartsComparison {
  readonly missing: readonly MissingPart[]
  /**
   * What is not as the plan makes it, and could not be: rows break it, or the plan says what is made where the server refuses. A
   * sentence each.
   */
  readonly unattainable: readonly string[]
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
  const missing = deviations.flatMap((one) => one.missing)
  const lacks = await withoutUnattainable({ missing, changed: given.changed }, madeAndThere(request), plan, target)
  const { changed, notCompared } = await judgeChanges(lacks.changed, target)
  const behind = tables.flatMap((table) => (table.there === null ? [] : identitiesBehind(table.planned, table.there)))
  const beyond = judgeAdded(
    deviations.flatMap(({ added }) => added),
    isLeft,
  )
  const unseen = makes === undefined ? [] : unseenParts(model, there, makes)
  return {
    missing: byTable(
      [...lacks.missing, ...changed, ...beyond.added, ...behind, ...sequencesBehind(model, there, plan)],
      plan,
    ),
    unattainable: lacks.unattainable,
    notCompared: [...notCompared, ...given.notCompared, ...beyond.notCompared, ...unseen],
  }
}

/** Those of which the plan says what it makes. */
function madeAndThere({ tables, plan }: PartsRequest): readonly MadeAndThere[] {
  return tables.flatMap(({ planned, there }) => {
    const made = plan.makes && findMade(planned, plan.makes)
    return made === undefined || there === null ? [] : [{ table: fullName(planned.source), made, there }]
  })
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
