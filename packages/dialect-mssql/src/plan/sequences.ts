import type { PlannedStatement, Sequence } from '@albackup/core'
import { createSequence, restartSequence, takeFromSequence } from '../ddl.ts'
import { foreignType } from './foreign-types.ts'
import { isOwn, type Planning } from './planning.ts'

export function planSequences(planning: Planning): void {
  for (const sequence of planning.model.sequences) {
    const name = planning.names.full(sequence)
    const type = sequenceType(sequence, planning)
    planning.draft.require('tables', {
      kind: 'sequence',
      object: name,
      sql: createSequence(name, { ...sequence, type }),
    })
    if (!isOwn(planning)) {
      const { native: _, ...made } = sequence
      const target = planning.names.of(sequence)
      planning.draft.schema.sequences.push({ ...made, ...target, native: { declaration: type }, cache: null })
    }
    const value = planSequenceValue(sequence, name, type)
    if (value !== undefined) planning.draft.add('values', value)
  }
}

function sequenceType({ native, logical }: Sequence, planning: Planning): string {
  if (!isOwn(planning)) return foreignType(logical).declaration
  const { alias } = native
  return alias === undefined || alias.schema === 'sys' ? native.declaration : planning.names.full(alias)
}

/**
 * The value given out last is given out again as one of as many as it takes: that alone leaves the start as it was, and a
 * sequence at its end at its end. Where the last value is no whole number of steps behind the start, the sequence is restarted.
 */
export function planSequenceValue(
  sequence: Pick<Sequence, 'lastValue' | 'start' | 'increment'>,
  name: string,
  type: string,
): Omit<PlannedStatement, 'optional'> | undefined {
  const { lastValue, start, increment } = sequence
  if (lastValue === null) return undefined
  const restart = restartSequence(name, type, lastValue)
  const distance = BigInt(lastValue) - BigInt(start)
  const steps = distance / BigInt(increment)
  const statement = { kind: 'sequence value', object: name }
  if (steps < 0n || steps * BigInt(increment) !== distance) return { ...statement, sql: restart }
  const message = 'goes on where it was; when it is restarted without a value, it begins there, too'
  return {
    ...statement,
    sql: takeFromSequence(name, String(steps + 1n)),
    fallback: { sql: restart, finding: { severity: 'changed', kind: 'sequence', object: name, message } },
  }
}
