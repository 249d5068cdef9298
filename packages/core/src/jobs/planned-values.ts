import type { PlannedTable, RestorePlan } from '../dialect/dialect.ts'
import { neutralName } from '../model/neutral-form.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { foldedTwin } from './planned-columns.ts'
import type { MissingPart } from './planned-parts.ts'

/** Where a column or sequence stands that gives out values. */
interface Stand {
  readonly lastValue: string | null
  readonly increment: string
}

/** Identities of the table that would give out values again which the origin gave out. */
export function identitiesBehind(planned: PlannedTable, there: Table): readonly MissingPart[] {
  const table = fullName(planned.source)
  return planned.columns.flatMap(({ source, name }) => {
    const found = foldedTwin({ name }, there)?.identity
    // Where the type has no identity in the target the column is fed by other means, which its default shows.
    if (source.identity === undefined || found === undefined) return []
    const words = behindWords(source.identity, found)
    if (words === null) return []
    return [
      { table, kind: 'identity', name: source.name, sentence: `table ${table}: identity ${source.name} ${words}` },
    ]
  })
}

/** Sequences that would give out values again; where the plan does not say what it makes, those that are not there, too. */
export function sequencesBehind(model: SchemaModel, there: SchemaModel, plan: RestorePlan): readonly MissingPart[] {
  const schemas = new Map(plan.tables.map(({ source, schema }) => [source.schema, schema]))
  const lost = new Set(
    plan.findings
      .filter(({ severity, kind }) => severity === 'lost' && kind === 'sequence')
      .map(({ object }) => object),
  )
  return model.sequences.flatMap((sequence) => {
    const object = fullName(sequence)
    if (lost.has(object)) return []
    const schema = neutralName(schemas.get(sequence.schema) ?? sequence.schema)
    const twin = there.sequences.find(
      (one) => neutralName(one.schema) === schema && neutralName(one.name) === neutralName(sequence.name),
    )
    const isGone = plan.makes === undefined ? 'is not in the target' : null
    const words = twin === undefined ? isGone : behindWords(sequence, twin)
    return words === null
      ? []
      : [{ table: object, kind: 'sequence', name: sequence.name, sentence: `sequence ${object} ${words}` }]
  })
}

/** null when it goes on where the origin was, or beyond. */
function behindWords(origin: Stand, there: Stand): string | null {
  if (origin.lastValue === null) return null
  if (there.lastValue === null) return `has given out nothing in the target and ${origin.lastValue} in the backup`
  const [before, now] = [BigInt(origin.lastValue), BigInt(there.lastValue)]
  const behind = origin.increment.startsWith('-') ? now > before : now < before
  return behind ? `is at ${now} in the target and was at ${before} in the backup` : null
}
