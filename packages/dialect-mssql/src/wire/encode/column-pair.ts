import type { Column, PlannedColumn, PlannedTable } from '@albackup/core'
import { type ValuePolicy, valuePolicy } from '../../value-policy.ts'
import type { ReadingConnection } from '../reading-connection.ts'
import { sentType } from './sent-type.ts'
import { type Query, readTargetColumns, type TargetColumn } from './target-column.ts'

/** A column of the backup and its column in the table that is loaded. */
export interface ColumnPair {
  readonly source: Column
  readonly target: TargetColumn
  /** Its values are sent. Not those of a rowversion, of a column that the server generates or that the plan leaves out. */
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
  const policy = valuePolicy(table)
  return table.columns.map((planned) => pairColumn(planned, targets.get(planned) ?? OMITTED, policy))
}

/** A column that the plan makes, or would make. */
export function pairColumn({ source }: PlannedColumn, target: TargetColumn, { migrated }: ValuePolicy): ColumnPair {
  const isSent = !target.generated
  // SQL Server writes XML in its own way, which is that of the source only when that was a SQL Server.
  const isRewritten = migrated && target.isXml
  const isCompared = isSent && !isRewritten && source.native.facts?.generatedAlways === undefined
  return { source, target, isSent, isCompared }
}

/** In the place of a column that the target has not got. */
export const OMITTED: TargetColumn = {
  name: '',
  declaration: 'bit',
  type: sentType({ type: 'bit', maxLength: 1, precision: 0, scale: 0 }, null),
  logical: { kind: 'boolean' },
  nullable: true,
  identity: false,
  generated: true,
  isXml: false,
}
