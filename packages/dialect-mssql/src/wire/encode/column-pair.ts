import type { Column, PlannedTable } from '@albackup/core'
import type { ReadingConnection } from '../reading-connection.ts'
import { type Query, readTargetColumns, type TargetColumn } from './target-column.ts'

/** A column of the backup and its column in the table that is loaded. */
export interface ColumnPair {
  readonly source: Column
  readonly target: TargetColumn
  /** Its values are sent. Not those of a rowversion or of a column that the server generates. */
  readonly isSent: boolean
  /** Its values are part of the facts; those of a period are not, which the server may generate now or from later on. */
  readonly isCompared: boolean
}

/** The columns of the plan, in its order. */
export async function pairColumns(
  table: PlannedTable,
  connection: ReadingConnection,
  query: Query,
): Promise<readonly ColumnPair[]> {
  const targets = await readTargetColumns(table, connection, query)
  return table.columns.map(({ source }, i) => {
    const target = targets[i]!
    const isSent = !target.generated
    return { source, target, isSent, isCompared: isSent && source.native.facts?.generatedAlways === undefined }
  })
}
