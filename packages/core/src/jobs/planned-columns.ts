import type { LoadFacts, PlannedColumn, PlannedTable } from '../dialect/dialect.ts'
import { storedColumns, type Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { sameForm } from '../row/row-projection.ts'
import type { ColumnPairs, LeftOutColumn } from './pair-columns.ts'

/**
 * The columns of a planned table beside those of the table that is there, by the names of the plan, for a search of the rows that
 * differ: those whose values can be compared one by one. A column with values that were altered on the way is not one of them.
 */
export function pairPlannedColumns(
  planned: PlannedTable,
  there: Table,
  losses: LoadFacts['losses'] | undefined,
): ColumnPairs {
  const stored = new Map(storedColumns(there).map((column) => [column.name, column]))
  const pairs = planned.columns.map((column) => {
    const twin = stored.get(column.name) ?? foldedTwin(column, there)
    const altered = losses?.some((loss) => loss.column === column.source.name) === true
    return { column, twin, reason: reasonToLeaveOut(column, twin, altered) }
  })
  const compared = pairs.filter(({ reason }) => reason === null)
  return {
    table: fullName(planned.source),
    a: { table: planned.source, columns: compared.map(({ column }) => column.source.name) },
    b: { table: there, columns: compared.map(({ twin }) => twin!.name) },
    leftOut: pairs.flatMap(({ column, reason }): readonly LeftOutColumn[] =>
      reason === null ? [] : [{ column: column.source.name, reason }],
    ),
    countsOnly: compared.length === 0,
  }
}

/** A server may keep names in another case than it is told. */
export function foldedTwin({ name }: { readonly name: string }, there: Table): Table['columns'][number] | undefined {
  const folded = name.toLowerCase()
  return there.columns.find((column) => column.name.toLowerCase() === folded)
}

function reasonToLeaveOut(
  { source, omitted, companion }: PlannedColumn,
  twin: Table['columns'][number] | undefined,
  altered: boolean,
): string | null {
  if (omitted) return 'the mapping leaves it out'
  if (twin === undefined || twin.computed !== undefined) return 'the target does not store it'
  if (source.logical.kind === 'rowversion' && twin.logical.kind === 'rowversion') {
    return 'the server gives each row a new value whenever it is written'
  }
  if (altered) return 'values of it were altered on the way'
  return companion === undefined && sameForm(source, twin) ? null : 'values of these two types cannot be compared'
}
