import type { LoadFacts, PlannedColumn, PlannedTable } from '../dialect/dialect.ts'
import type { Column, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import type { ConvertedColumn } from '../row/convert-rows.ts'
import { offsetOfMoment, valueConversion } from '../row/value-conversion.ts'
import type { ColumnPairs, LeftOutColumn } from './pair-columns.ts'

/** Pairs of which the rows of A are first brought into the form that they have in B. */
export interface PlannedPairs extends ColumnPairs {
  readonly converted: readonly ConvertedColumn[]
}

/**
 * The columns of a planned table beside those of the table that is there, by the names of the source, for a search of the rows
 * that differ: those whose values can be compared one by one. A column with values that were altered on the way is not one of
 * them, unless they lost no more than digits of a second.
 */
export function pairPlannedColumns(
  planned: PlannedTable,
  there: Table,
  losses: LoadFacts['losses'] | undefined,
): PlannedPairs {
  const pairs = planned.columns.map((column) => {
    const twin = storedTwin(column.name, there)
    const altered = losses?.some((loss) => loss.column === column.source.name && loss.kind !== SEVENTH_DIGIT) === true
    const compared = comparedColumns(column, twin, there)
    return { column, compared, reason: reasonToLeaveOut(column, twin, altered, compared) }
  })
  const compared = pairs.flatMap((pair) => (pair.reason === null ? pair.compared : []))
  const converted = compared.map(({ made }) => made)
  return {
    table: fullName(planned.source),
    a: {
      table: { ...planned.source, columns: converted.map(({ column }) => column) },
      columns: converted.map(({ column }) => column.name),
    },
    b: { table: there, columns: compared.map(({ twin }) => twin.name) },
    leftOut: pairs.flatMap(({ column, reason }): readonly LeftOutColumn[] =>
      reason === null ? [] : [{ column: column.source.name, reason }],
    ),
    countsOnly: converted.length === 0,
    converted,
  }
}

/** A kind of loss that is made good by cutting the same digit off the value of the backup. */
const SEVENTH_DIGIT = 'seventh-digit'

interface ComparedColumn {
  readonly made: ConvertedColumn
  readonly twin: Column
}

/** A column and, where it has one, its companion; none where their values cannot be compared. */
function comparedColumns(
  { source, companion }: PlannedColumn,
  twin: Column | undefined,
  there: Table,
): readonly ComparedColumn[] {
  const convert = twin && valueConversion(source.logical, twin.logical)
  if (twin === undefined || convert === undefined) return []
  const value = { made: { column: formedAs(source.name, twin), from: source.name, convert }, twin }
  if (companion === undefined) return [value]
  const beside = storedTwin(companion.name, there)
  if (source.logical.kind !== 'timestamp-offset' || beside?.logical.kind !== 'integer') return []
  const column = formedAs(companion.name, beside)
  return [value, { made: { column, from: source.name, convert: offsetOfMoment }, twin: beside }]
}

function formedAs(name: string, { native, logical }: Column): Column {
  return { name, native, logical, nullable: true }
}

function storedTwin(name: string, there: Table): Column | undefined {
  const twin = there.columns.find((column) => column.name === name) ?? foldedTwin({ name }, there)
  return twin?.computed === undefined ? twin : undefined
}

/** A server may keep names in another case than it is told. */
export function foldedTwin({ name }: { readonly name: string }, there: Table): Table['columns'][number] | undefined {
  const folded = name.toLowerCase()
  return there.columns.find((column) => column.name.toLowerCase() === folded)
}

function reasonToLeaveOut(
  { source, omitted }: PlannedColumn,
  twin: Column | undefined,
  altered: boolean,
  compared: readonly ComparedColumn[],
): string | null {
  if (omitted) return 'the mapping leaves it out'
  if (twin === undefined) return 'the target does not store it'
  if (source.logical.kind === 'rowversion' && twin.logical.kind === 'rowversion') {
    return 'the server gives each row a new value whenever it is written'
  }
  if (altered) return 'values of it were altered on the way'
  return compared.length > 0 ? null : 'values of these two types cannot be compared'
}
