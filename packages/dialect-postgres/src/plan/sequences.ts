import { type Identity, type IntegerType, type Sequence, fullName as sourceName } from '@albackup/core'
import { fullName, type TableName } from '../ddl.ts'
import {
  advanceSequence,
  alterSequence,
  byName,
  createSequence,
  type IdentityDefinition,
  type SequenceBounds,
  type SequenceDefinition,
} from '../sequence-ddl.ts'
import { planComment } from './comments.ts'
import type { Planning } from './planning.ts'
import { key } from './target-names.ts'

/** What the values of every sequence are. */
export const BIGINT: IntegerType = { kind: 'integer', bits: 64, signed: true }

const BITS: Readonly<Record<string, IntegerType['bits']>> = { smallint: 16, integer: 32, bigint: 64 }

/** The numbers of a type of PostgreSQL that an identity can have; undefined for other types. */
export function integerOf(type: string): IntegerType | undefined {
  const bits = BITS[type]
  return bits && { kind: 'integer', bits, signed: true }
}

/** Each sequence's name in the target, by its key; those that exist already are in `existing`, to be overwritten. */
export interface PlannedSequences {
  readonly names: ReadonlyMap<string, TableName>
  readonly existing: readonly string[]
}

export function planSequences(planning: Planning): PlannedSequences {
  const planned = new Map<string, TableName>()
  const existing: string[] = []
  for (const sequence of planning.model.sequences) {
    const definition = definitionOf(sequence, planning)
    if (definition === undefined) continue
    const { name, exists } = nameOf(sequence, planning)
    planned.set(key(sequence), name)
    if (exists) existing.push(fullName(name))
    const statement = { kind: 'sequence', object: fullName(name) }
    const { draft } = planning
    draft.require('tables', { ...statement, sql: (exists ? alterSequence : createSequence)(name, definition) })
    if (sequence.lastValue !== null) {
      const sql = advanceSequence(byName(name), sequence.lastValue, sequence)
      draft.add('values', { ...statement, sql })
    }
    const { comment, logical } = sequence
    draft.schema.sequences.push({
      ...{ ...name, ...definition, logical, native: { declaration: definition.type }, cache: null, lastValue: null },
      ...(comment !== undefined && { comment }),
    })
    planComment('sequence', fullName(name), comment, planning)
  }
  return { names: planned, existing }
}

/**
 * An identity ends where the source's type ends, which may be before PostgreSQL's, and reaches back to every value it has had;
 * bounds that PostgreSQL has by itself are not said.
 */
export function identityDefinition(logical: IntegerType, { seed, increment, lastValue }: Identity): IdentityDefinition {
  const [minimum, maximum] = integerRange(logical)
  const values = [BigInt(seed), BigInt(lastValue ?? seed)]
  const down = increment.startsWith('-')
  const narrow = logical.bits === 8
  const reachesBack = values.some((value) => (down ? value > -1n : value < 1n))
  return {
    start: seed,
    increment,
    ...((down ? narrow : reachesBack) ? { minimum } : {}),
    ...((down ? reachesBack : narrow) ? { maximum } : {}),
  }
}

/** The values from which an identity goes on: those it can have given out. Rows may have others, which were given by hand. */
export function identityReach(logical: IntegerType, { seed, increment, lastValue }: Identity): SequenceBounds {
  const [minimum, maximum] = integerRange(logical)
  if (lastValue !== null) return { minimum, maximum }
  return increment.startsWith('-') ? { minimum, maximum: seed } : { minimum: seed, maximum }
}

/** For an identity of a type that PostgreSQL has no identity for; undefined when its seed is beyond 64 bits. */
export function wideIdentityDefinition(identity: Identity): SequenceDefinition | undefined {
  const [minimum, maximum] = integerRange(BIGINT)
  if (!fits(identity.seed) || !fits(identity.increment) || !fits(identity.lastValue ?? '0')) return undefined
  const { seed: start, increment } = identity
  return { type: 'bigint', start, increment, minimum, maximum, cycle: false }
}

/** A sequence that belongs to no column may be the one that a restore before has made. */
function nameOf(sequence: Sequence, { names, target, draft }: Planning): { name: TableName; exists: boolean } {
  const schema = names.schema(sequence.schema)
  const standing = target.relations.filter(({ kind, owner }) => kind === 'sequence' && owner === null)
  const own = new Set(standing.filter((one) => one.schema === schema).map(({ name }) => name))
  const name = names.claimRelation(schema, sequence.name, key(sequence), own)
  draft.renamed('sequence', sourceName(sequence), names.spell(sequence.name), name)
  return { name: { schema, name }, exists: own.has(name) }
}

function definitionOf(sequence: Sequence, { draft }: Planning): SequenceDefinition | undefined {
  const { logical, start, increment, minimum, maximum, lastValue, cycle } = sequence
  if (!fits(start) || !fits(increment) || !fits(lastValue ?? '0')) {
    draft.find('lost', 'sequence', sourceName(sequence), 'is left out, its values are beyond 64 bits')
    return undefined
  }
  if (!fits(minimum) || !fits(maximum)) {
    draft.find('changed', 'sequence', sourceName(sequence), 'its bounds are those of 64 bits')
  }
  const type =
    logical.kind === 'integer' && logical.bits < 64 ? (logical.bits === 32 ? 'integer' : 'smallint') : 'bigint'
  return { type, start, increment, minimum: clamp(minimum), maximum: clamp(maximum), cycle }
}

/** Whether a column of the type can have the identity: it is an integer, and holds the first value and the last. */
export function holdsIdentity(type: string, { seed, lastValue }: Identity): boolean {
  const integer = integerOf(type)
  if (integer === undefined) return false
  const [least, greatest] = integerRange(integer).map(BigInt)
  return [seed, lastValue ?? seed].map(BigInt).every((value) => value >= least! && value <= greatest!)
}

export function integerRange({ bits, signed }: IntegerType): readonly [string, string] {
  if (!signed) return ['0', `${2n ** BigInt(bits) - 1n}`]
  const half = 2n ** BigInt(bits - 1)
  return [`${-half}`, `${half - 1n}`]
}

function fits(value: string): boolean {
  return clamp(value) === BigInt(value).toString()
}

function clamp(value: string): string {
  const [minimum, maximum] = integerRange(BIGINT)
  if (BigInt(value) < BigInt(minimum)) return minimum
  return BigInt(value) > BigInt(maximum) ? maximum : `${BigInt(value)}`
}
