import type { Identity, Sequence } from '@albackup/core'
import { fullName, type TableName } from './ddl.ts'
import { quote, quoteText } from './quote.ts'

/** SQL text for sequences, those of identities among them. */

export interface SequenceDefinition extends Pick<Sequence, 'start' | 'increment' | 'minimum' | 'maximum' | 'cycle'> {
  readonly type: string
}

export function createSequence(name: TableName, sequence: SequenceDefinition): string {
  return `create sequence ${fullName(name)} as ${sequence.type} ${sequenceOptions(sequence)}`
}

/** Makes an existing sequence like the definition; it begins again. */
export function alterSequence(name: TableName, sequence: SequenceDefinition): string {
  return `alter sequence ${fullName(name)} as ${sequence.type} ${sequenceOptions(sequence)} restart`
}

function sequenceOptions({ start, increment, minimum, maximum, cycle }: SequenceDefinition): string {
  return `start with ${start} increment by ${increment} minvalue ${minimum} maxvalue ${maximum} ${cycle ? 'cycle' : 'no cycle'}`
}

/** A sequence as SQL text: by its own name. */
export function byName(sequence: TableName): string {
  return quoteText(fullName(sequence))
}

/** The one that gives the column its values, whatever it is called; NULL where the column counts nothing. */
export function ofColumn(table: TableName, column: string): string {
  return `pg_get_serial_sequence(${quoteText(fullName(table))}, ${quoteText(column)})`
}

/**
 * The next value is the one after `last`, or after what the sequence has given out already where that is further: rows may be added
 * to a table that is there. Of one that begins again at its end no value is further than another.
 */
export function advanceSequence(
  sequence: string,
  last: string,
  { increment, cycle }: Pick<Sequence, 'increment' | 'cycle'>,
): string {
  // As a text, since the least of all values is no bigint for a parser that takes its sign for an operator.
  const value = quoteText(last)
  const further = increment.startsWith('-') ? 'least' : 'greatest'
  const furthest = `${further}(${value}, pg_sequence_last_value(${sequence}::regclass))`
  return `select setval(${sequence}, ${cycle ? value : furthest}, true)`
}

/** The next value is `next`, unless values were given out already. */
export function startSequence(sequence: string, next: string): string {
  const unused = `pg_sequence_last_value(${sequence}::regclass) is null`
  return `select setval(${sequence}, ${quoteText(next)}, false) where ${unused}`
}

type GivenValues = Pick<Identity, 'lastValue' | 'increment'>

/** Values that were given by hand may be outside of what the sequence can give. */
export type SequenceBounds = Pick<Sequence, 'minimum' | 'maximum'>

/**
 * The identity's next value is the one after the last or after the furthest value in the table: rows may have come to the source
 * after its schema was read. It stays as it is when there is neither.
 */
export function setIdentity(table: TableName, column: string, given: GivenValues, bounds?: SequenceBounds): string {
  return setFurthest(ofColumn(table, column), table, column, given, bounds)
}

/** The same for a sequence that gives a column its default. */
export function setOwnedSequence(
  sequence: TableName,
  table: TableName,
  column: string,
  given: GivenValues,
  bounds: SequenceBounds,
): string {
  return setFurthest(byName(sequence), table, column, given, bounds)
}

function setFurthest(
  sequence: string,
  table: TableName,
  column: string,
  { lastValue, increment }: GivenValues,
  bounds?: SequenceBounds,
): string {
  const [further, furthestOf] = increment.startsWith('-') ? ['least', 'min'] : ['greatest', 'max']
  const within = bounds && ` filter (where ${quote(column)} between ${bounds.minimum} and ${bounds.maximum})`
  const value = `${further}(${lastValue ?? 'null'}, ${furthestOf}(${quote(column)})${within ?? ''})::bigint`
  const furthest = `select ${value} as value from ${fullName(table)}`
  return `select setval(${sequence}, value, true) from (${furthest}) as furthest where value is not null`
}

export function ownSequence(sequence: TableName, table: TableName, column: string): string {
  return `alter sequence ${fullName(sequence)} owned by ${fullName(table)}.${quote(column)}`
}

export interface IdentityDefinition {
  readonly start: string
  readonly increment: string
  /** Absent: 1 for an identity that counts up, else the least value of the type. */
  readonly minimum?: string
  /** Absent: -1 for an identity that counts down, else the greatest value of the type. */
  readonly maximum?: string
}

/** What stands after the type of the column. */
export function identityClause({ start, increment, minimum, maximum }: IdentityDefinition): string {
  const options = [
    ...(start === '1' && increment === '1' ? [] : [`start with ${start} increment by ${increment}`]),
    ...(minimum === undefined ? [] : [`minvalue ${minimum}`]),
    ...(maximum === undefined ? [] : [`maxvalue ${maximum}`]),
  ]
  return `generated by default as identity${options.length === 0 ? '' : ` (${options.join(' ')})`}`
}
