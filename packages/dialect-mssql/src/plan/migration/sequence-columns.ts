import type { Column, LogicalTypeOf } from '@albackup/core'
import { addConstraint, createSequence } from '../../ddl.ts'
import { quote } from '../../quote.ts'
import type { Planning } from '../planning.ts'
import { planSequenceValue } from '../sequences.ts'
import type { TableDraft } from '../tables.ts'

/** What the origin says of the sequence that gives a column its values. */
export interface SequenceFacts {
  readonly minimum?: string
  readonly maximum?: string
  readonly cycle?: boolean
}

const BOUNDS = { 8: ['0', '255'], 16: ['-32768', '32767'], 32: ['-2147483648', '2147483647'] } as const
const BOUNDS_64 = ['-9223372036854775808', '9223372036854775807'] as const

/** The least and the greatest value of the type. */
export function boundsOf({ bits }: LogicalTypeOf<'integer'>): readonly [least: string, greatest: string] {
  return bits === 64 ? BOUNDS_64 : BOUNDS[bits]
}

/** A column that gives out values and cannot be an identity gets them from a sequence of its own. */
export function planSequenceColumn(table: TableDraft, column: Column, { names, draft, migrated }: Planning): void {
  const { logical, identity } = column
  const object = `${table.object}.${column.name}`
  if (identity === undefined || logical.kind !== 'integer') {
    draft.find('lost', 'identity', object, 'is left out: SQL Server has one identity for a table')
    return
  }
  const { schema, name } = names.of(table.source)
  const target = names.column(table.source, column.name)
  const sequence = quote(schema, names.constraint(table.source, `${name}_${target}_seq`))
  const { minimum, maximum, cycle = false } = (identity.native ?? {}) as SequenceFacts
  const [least, greatest] = boundsOf(logical)
  const type = migrated!.of(column).declaration
  const definition = {
    type,
    start: identity.seed,
    increment: identity.increment,
    minimum: minimum ?? least,
    maximum: maximum ?? greatest,
    cycle,
    cache: null,
  }
  draft.require('tables', { kind: 'sequence', object, sql: createSequence(sequence, definition) })
  const native = `next value for ${sequence}`
  const words = `default (${native}) for ${quote(target)}`
  draft.add('tables', { kind: 'default', object, sql: addConstraint(table.name, words) })
  draft.schema.default(table.planned, target, { name: null, systemNamed: true, expression: { native } })
  const value = planSequenceValue({ ...identity, start: identity.seed }, sequence, type)
  if (value !== undefined) draft.add('values', value)
  draft.find(
    'changed',
    'identity',
    object,
    'is a default from a sequence: SQL Server has one identity for a table, not NULL and without bounds',
  )
}
