import type { Computed } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { queryDefinitions } from './query-definitions.ts'
import { sqlExpression } from './sql-expression.ts'

export interface ComputedRow {
  readonly tableId: number
  readonly columnId: number
  readonly definition: string | null
  readonly isPersisted: boolean
}

function computedColumns(definition: string, condition?: string): string {
  return `
select c.object_id as [tableId], c.column_id as [columnId], ${definition}, cast(c.is_persisted as bit) as [isPersisted]
from sys.computed_columns c
join sys.tables t on t.object_id = c.object_id${condition === undefined ? '' : `\nwhere ${condition}`}`
}

function isColumn({ tableId, columnId }: ComputedRow): string {
  return `c.object_id = ${tableId} and c.column_id = ${columnId}`
}

export async function readComputedColumns(catalog: Catalog): Promise<ReadonlyMap<string, Computed>> {
  const rows = await queryDefinitions(catalog, 'c.definition', computedColumns, isColumn)
  return new Map(rows.map((row) => [columnKey(row), mapComputed(row)]))
}

export function mapComputed(row: ComputedRow): Computed {
  return { expression: sqlExpression(row.definition ?? ''), persisted: row.isPersisted }
}
