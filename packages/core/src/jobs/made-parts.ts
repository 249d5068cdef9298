import { nativeAspects } from '../model/native-aspects.ts'
import type { Aspects } from '../model/normal-form.ts'
import {
  keyAspects,
  normaliseCheck,
  normaliseColumn,
  normaliseForeignKey,
  normaliseIndex,
} from '../model/normalise-table.ts'
import type { Check, Column, Key, NativeFacts, QualifiedName, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { addedPart } from './added-parts.ts'
import { type ChangedPart, changedAspects, subjectOf } from './changed-part.ts'
import type { MissingPart } from './planned-parts.ts'
import { type Part, pairWanted } from './wanted-parts.ts'

/** What is not there of what a plan makes, what is there otherwise, and what nothing of the plan makes. */
export interface Deviations {
  readonly missing: readonly MissingPart[]
  readonly changed: readonly ChangedPart[]
  readonly added: readonly MissingPart[]
}

/** `table`: the table's name in the source. */
export function tableDeviations(table: string, made: Table, there: Table): Deviations {
  const { pairs, without, beyond } = pairWanted(partsOf(made), partsOf(there))
  const place = (kind: string, name: string, type?: string) => ({
    ...{ table, kind, name },
    pairs: { table: { schema: there.schema, name: there.name }, ...(type !== undefined && { type }) },
  })
  const typeOf = ({ kind, name }: Part) =>
    kind === 'column' ? there.columns.find((column) => column.name === name)?.native.declaration : undefined
  return {
    // Of a column that counts no more the column itself tells.
    missing: without.filter(({ kind }) => kind !== 'identity').map(({ kind, name }) => missingPart(table, kind, name)),
    changed: [
      ...changedAspects(tableAspects(made), tableAspects(there), place('table', table)),
      ...pairs.flatMap(([part, twin]) =>
        changedAspects(part.aspects, twin.aspects, place(part.kind, part.name, typeOf(twin))),
      ),
    ],
    added: beyond
      .filter(({ kind, name }) => kind !== 'identity' || pairs.some(([, twin]) => isColumn(twin, name)))
      .map(({ kind, name }) => addedPart(table, kind, name)),
  }
}

function isColumn({ kind, name }: Part, column: string): boolean {
  return kind === 'column' && name === column
}

export function missingPart(table: string, kind: string, name: string): MissingPart {
  return { table, kind, name, sentence: `${subjectOf({ table, kind, name })} is not in the target` }
}

/** Partitions count by themselves. */
function tableAspects({ comment, native }: Table): Aspects {
  const { partitions: _, ...facts } = native ?? {}
  return { comment: comment ?? null, ...nativeAspects(facts) }
}

/** Of an engine that has them as tables of their own: each with the statements that make it. */
function partitionParts({ native }: Table): readonly Part[] {
  const partitions = native?.partitions
  if (!Array.isArray(partitions)) return []
  return (partitions as readonly (QualifiedName & NativeFacts)[]).map(({ schema, name, ...facts }) => ({
    ...{ kind: 'partition', name: fullName({ schema, name }), over: null },
    aspects: Object.fromEntries(
      Object.entries(facts).map(([fact, words]) => [fact, [words].flat().join('; ') || null]),
    ),
  }))
}

const OPTIONS = { plane: 'native', values: false, onRequest: false } as const

/** Columns and all else of a table, with what can differ in each. */
function partsOf(table: Table): readonly Part[] {
  const { primaryKey, uniqueKeys, foreignKeys, checks, indexes } = table
  const over = (part: Pick<Key, 'columns'>) => listed(part.columns.map(({ name }) => name))
  return [
    ...table.columns.map(columnPart),
    ...table.columns.flatMap(identityParts),
    ...partitionParts(table),
    ...(primaryKey === undefined
      ? []
      : [{ kind: 'primary key', name: primaryKey.name, over: '', aspects: unnamed(keyAspects(primaryKey)) }]),
    ...uniqueKeys.map((key) => ({
      ...{ kind: 'unique key', name: key.name, over: over(key) },
      aspects: { ...unnamed(keyAspects(key)), uniqueness: 'unique' },
    })),
    ...indexes.map((index) => ({
      ...{ kind: 'index', name: index.name, over: over(index) },
      aspects: unnamed(normaliseIndex(index).aspects),
    })),
    ...foreignKeys.map((key) => ({
      ...{ kind: 'foreign key', name: key.name },
      over: `${listed(key.columns)} to ${fullName(key.references).toLowerCase()}`,
      aspects: unnamed(normaliseForeignKey(key).aspects),
    })),
    ...checks.map(checkPart),
  ]
}

function columnPart(column: Column): Part {
  return { kind: 'column', name: column.name, over: null, aspects: columnAspects(column) }
}

/** How a column counts, beyond its seed and increment. */
function identityParts({ name, identity }: Column): readonly Part[] {
  if (identity === undefined) return []
  return [{ kind: 'identity', name, over: null, aspects: nativeAspects(identity.native) }]
}

function checkPart(check: Check): Part {
  return { kind: 'check', name: check.name, over: null, aspects: unnamed(normaliseCheck(check).aspects) }
}

function listed(names: readonly string[]): string {
  return names.join(', ').toLowerCase()
}

/** The type is what it is declared with; the user's type behind it counts by itself. Of what the target works out nothing is said. */
function columnAspects(column: Column): Aspects {
  const { identity } = column
  const plain = identity === undefined ? column : { ...column, identity: { ...identity, native: {} } }
  const { 'name of the default': _, type: __, collation, ...aspects } = unnamed(normaliseColumn(plain, OPTIONS).aspects)
  const { declaration, alias } = column.native
  return {
    ...aspects,
    ...(declaration !== '' && { type: declaration, collation: collation ?? null }),
    'alias type': alias === undefined ? null : fullName(alias),
  }
}

/** What a thing is called is what it was found by. */
export function unnamed({ name: _, ...aspects }: Aspects): Aspects {
  return aspects
}
