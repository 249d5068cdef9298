import type { Computed } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { sqlExpression } from './sql-expression.ts'

export interface ComputedRow {
  readonly tableId: number
  readonly columnId: number
  readonly definition: string | null
  readonly isPersisted: boolean
}

const COMPUTED_COLUMNS = `
select c.object_id as [tableId], c.column_id as [columnId], c.definition, cast(c.is_persisted as bit) as [isPersisted]
from sys.computed_columns c
join sys.tables t on t.object_id = c.object_id`

export async function readComputedColumns(catalog: Catalog): Promise<ReadonlyMap<string, Computed>> {
  const rows = await catalog.query<ComputedRow>(COMPUTED_COLUMNS)
  return new Map(rows.map((row) => [columnKey(row), mapComputed(row)]))
}

export function mapComputed(row: ComputedRow): Computed {
  return { expression: sqlExpression(row.definition ?? ''), persisted: row.isPersisted }
}
