import { type Computed, SourceError } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { sqlExpression } from './sql-expression.ts'

export interface ComputedRow {
  readonly tableId: number
  readonly columnId: number
  readonly definition: string | null
  readonly isPersisted: boolean
}

function computedColumns(definition: string): string {
  return `
select c.object_id as [tableId], c.column_id as [columnId], ${definition}, cast(c.is_persisted as bit) as [isPersisted]
from sys.computed_columns c
join sys.tables t on t.object_id = c.object_id`
}

/** Where the server cannot print a definition, all of them are left out, and the columns are known as computed all the same. */
async function readRows({ query }: Catalog): Promise<readonly ComputedRow[]> {
  try {
    return await query<ComputedRow>(computedColumns('c.definition'))
  } catch (error) {
    // What failed for another reason fails again.
    if (error instanceof SourceError)
      return query<ComputedRow>(computedColumns('cast(null as nvarchar(max)) as [definition]'))
    throw error
  }
}

export async function readComputedColumns(catalog: Catalog): Promise<ReadonlyMap<string, Computed>> {
  const rows = await readRows(catalog)
  return new Map(rows.map((row) => [columnKey(row), mapComputed(row)]))
}

export function mapComputed(row: ComputedRow): Computed {
  return { expression: sqlExpression(row.definition ?? ''), persisted: row.isPersisted }
}
