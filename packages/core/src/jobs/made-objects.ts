import type { MadeSchema } from '../dialect/made-schema.ts'
import { normalise } from '../model/normalise.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { changedAspects } from './changed-part.ts'
import { type Deviations, missingPart, unnamed } from './made-parts.ts'
import { type Part, pairWanted } from './wanted-parts.ts'

/** Of schemas, types, sequences, views, routines, triggers and what only the engine knows. */
export function objectDeviations(made: MadeSchema, there: SchemaModel): Deviations {
  const { dialect, database, leftBehind } = there
  const { pairs, without } = pairWanted(objectsOf({ dialect, database, leftBehind, ...made }), objectsOf(there))
  return {
    missing: without.map(({ kind, name }) => missingPart(name, kind, name)),
    changed: pairs.flatMap(([{ kind, name, aspects }, twin]) =>
      changedAspects(aspects, twin.aspects, { table: name, kind, name, pairs: { table: null } }),
    ),
  }
}

function objectsOf(model: SchemaModel): readonly Part[] {
  const { parts } = normalise(model, { plane: 'native', values: false, onRequest: true })
  return parts
    .filter(({ kind }) => kind !== 'table')
    .map(({ kind, name, aspects }) => ({ kind, name, over: null, aspects: unnamed(aspects) }))
}
