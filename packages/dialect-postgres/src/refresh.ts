import type { Column, NativeFacts, SchemaModel, Sequence } from '@albackup/core'
import type { ClientBase } from 'pg'
import { readNamedValues, type SequenceValue } from './catalog/sequence-values.ts'
import { identityFacts, remarkable } from './native-facts.ts'

/** The model with the values of its sequences as they are now: all that changes while the catalog stays the same. */
export async function refresh(client: ClientBase, model: SchemaModel): Promise<SchemaModel> {
  const sequenceValue = await readNamedValues(client)
  return {
    ...model,
    sequences: model.sequences.map((sequence) => refreshSequence(sequence, sequenceValue(sequence))),
    tables: model.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => {
        const facts = column.identity && identityFacts(column.identity)
        return facts === undefined ? column : refreshIdentity(column, sequenceValue(facts.sequence))
      }),
    })),
  }
}

function refreshSequence(sequence: Sequence, { lastValue, restart }: SequenceValue): Sequence {
  const { facts: before, ...native } = sequence.native
  const facts = remarkable({ ...withoutRestart(before), restart })
  return { ...sequence, native: { ...native, ...(facts === undefined ? {} : { facts }) }, lastValue }
}

function refreshIdentity(column: Column, { lastValue, restart }: SequenceValue): Column {
  const { identity } = column
  if (identity === undefined) return column
  const native = { ...withoutRestart(identity.native), ...(restart === null ? {} : { restart }) }
  return { ...column, identity: { ...identity, lastValue, native } }
}

function withoutRestart({ restart: _, ...facts }: NativeFacts = {}): NativeFacts {
  return facts
}
