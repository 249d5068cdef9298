import type { MadeSchema } from '../dialect/made-schema.ts'
import { unquoted } from '../model/neutral-form.ts'
import type { Aspects } from '../model/normal-form.ts'
import { normalise } from '../model/normalise.ts'
import type { NativeObject, SchemaModel } from '../model/schema-model.ts'
import { changedAspects } from './changed-part.ts'
import { type Deviations, missingPart, unnamed } from './made-parts.ts'
import type { MissingPart } from './planned-parts.ts'
import { type Part, pairWanted } from './wanted-parts.ts'

/** Of schemas, types, sequences, views, routines, triggers and what only the engine knows. */
export function objectDeviations(made: MadeSchema, there: SchemaModel): Deviations {
  const { dialect, database, leftBehind } = there
  const { pairs, without } = pairWanted(objectsOf({ dialect, database, leftBehind, ...made }), objectsOf(there))
  return {
    missing: [...without.map(({ kind, name }) => missingPart(name, kind, name)), ...unwanted(made, there)],
    changed: pairs.flatMap(([{ kind, name, aspects }, twin]) =>
      changedAspects(MODULES.has(kind) ? withAll(aspects, twin.aspects) : aspects, twin.aspects, {
        ...{ table: name, kind, name },
        pairs: { table: null },
      }),
    ),
  }
}

/** What is there and is to be absent. */
function unwanted({ absent = [], objects = [] }: MadeSchema, there: SchemaModel): readonly MissingPart[] {
  const keyOf = ({ kind, name }: Pick<NativeObject, 'kind' | 'name'>) => `${kind} ${unquoted(name).toLowerCase()}`
  const made = new Set(objects.map(keyOf))
  const wrong = new Set(absent.map(keyOf).filter((key) => !made.has(key)))
  return (there.objects ?? [])
    .filter((object) => wrong.has(keyOf(object)))
    .map(({ kind, name }) => ({
      table: name,
      kind,
      name,
      sentence: `${kind} ${name} is in the target and not in the plan`,
    }))
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
