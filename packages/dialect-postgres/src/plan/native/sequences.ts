import { fullName } from '../../ddl.ts'
import { nativeSequence } from '../../native-ddl.ts'
import { textFact } from '../../native-facts.ts'
import { advanceSequence, byName, startSequence } from '../../sequence-ddl.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** Sequences that are there already are made anew; their full names are in `existing`. */
export function planNativeSequences({ model, target, draft }: NativePlanning): {
  readonly existing: readonly string[]
} {
  const existing: string[] = []
  for (const sequence of model.sequences) {
    const object = fullName(sequence)
    const exists = target.relations.some(
      ({ kind, owner, schema, name }) =>
        kind === 'sequence' && owner === null && schema === sequence.schema && name === sequence.name,
    )
    if (exists) existing.push(object)
    const create = nativeSequence(sequence)
    const sql = exists ? `${create.replace(/^create/, 'alter')} restart` : create
    draft.require('tables', { kind: 'sequence', object, sql })
    if (sequence.native.facts?.unlogged !== true) continue
    draft.add('tables', { kind: 'sequence', object, sql: `alter sequence ${object} set unlogged` })
  }
  return { existing }
}

/** The values that were given out, and the columns that own sequences. */
export function sequenceValues({ model, draft }: NativePlanning): void {
  for (const sequence of model.sequences) {
    const statement = { kind: 'sequence', object: fullName(sequence) }
    const { lastValue } = sequence
    if (lastValue !== null) {
      draft.add('values', { ...statement, sql: advanceSequence(byName(sequence), lastValue, sequence) })
    }
    const { facts } = sequence.native
    const restart = textFact(facts, 'restart')
    if (restart !== undefined) draft.add('values', { ...statement, sql: startSequence(byName(sequence), restart) })
    const ownedBy = textFact(facts, 'ownedBy')
    if (ownedBy !== undefined) {
      draft.add('objects', { ...statement, sql: `alter sequence ${fullName(sequence)} owned by ${ownedBy}` })
    }
  }
}
