import { type Range, SourceError, type Table } from '@albackup/core'
import { quote } from './quote.ts'
import { isAboutCondition, reasonOf, serverErrorOf, sourceError } from './server-errors.ts'

const SHOWN_LENGTH = 300

/**
 * A failure to read a table, named after it; where the server stumbled over the condition, with the condition. `asError` decides
 * whether another attempt makes sense.
 */
export function readFailure(table: Table, range: Range | null, error: unknown, asError = sourceError): unknown {
  const cannot = `cannot read table ${quote(table.schema, table.name)}`
  if (range === null || !isAboutCondition(error)) return asError(cannot, error)
  const { predicate } = range
  const shown = predicate.length > SHOWN_LENGTH ? `${predicate.slice(0, SHOWN_LENGTH)}…` : predicate
  return new SourceError(`${cannot} where ${shown}: ${reasonOf(serverErrorOf(error))}`, {
    cause: error,
    hint: 'The condition is sent to the server as it is written: check it there. Or was the table changed meanwhile?',
  })
}
