import type { MadeSchema } from '../dialect/made-schema.ts'
import type { Aspects } from '../model/normal-form.ts'
import { normalise } from '../model/normalise.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { moduleName } from '../model/scope.ts'
import { addedObjects, type BeyondObjects } from './added-parts.ts'
import { changedAspects } from './changed-part.ts'
import { type Deviations, missingPart, unnamed } from './made-parts.ts'
import { type Part, pairWanted } from './wanted-parts.ts'

/** Of schemas, types, sequences, views, routines, triggers and what only the engine knows. */
export function objectDeviations(made: MadeSchema, there: SchemaModel, withRequested: boolean): Deviations {
  const { dialect, database, leftBehind } = there
  const { pairs, without, beyond } = pairWanted(objectsOf({ dialect, database, leftBehind, ...made }), objectsOf(there))
  return {
    missing: without.map(({ kind, name }) => missingPart(name, kind, name)),
    added: addedObjects(made, only(there, beyond), withRequested),
    changed: pairs.flatMap(([{ kind, name, aspects }, twin]) =>
      changedAspects(MODULES.has(kind) ? withAll(aspects, twin.aspects) : aspects, twin.aspects, {
        ...{ table: name, kind, name },
        pairs: { table: null },
      }),
    ),
  }
}

function only({ modules, objects = [] }: SchemaModel, parts: readonly Part[]): BeyondObjects {
  const keys = new Set(parts.map(({ kind, name }) => `${kind} ${name}`))
  return {
    modules: modules.filter((module) => keys.has(`${module.kind} ${moduleName(module)}`)),
    objects: objects.filter(({ kind, name }) => keys.has(`${kind} ${name}`)),
  }
}

/** Of these also what the plan is silent about counts: a trigger that was disabled. */
const MODULES = new Set(['view', 'procedure', 'function', 'trigger'])

function withAll(planned: Aspects, found: Aspects): Aspects {
  return { ...Object.fromEntries(Object.keys(found).map((aspect) => [aspect, null])), ...planned }
}

function objectsOf(model: SchemaModel): readonly Part[] {
  const { parts } = normalise(model, { plane: 'native', values: false, onRequest: true })
  return parts
    .filter(({ kind }) => kind !== 'table')
    .map(({ kind, name, aspects }) => ({ kind, name, over: null, aspects: unnamed(aspects) }))
}
