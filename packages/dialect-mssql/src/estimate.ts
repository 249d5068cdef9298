import type { SchemaModel, TableEstimate } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { quote } from './quote.ts'
import { isDenied } from './server-errors.ts'

interface EstimateRow {
  readonly schema: string
  readonly name: string
  readonly rows: string | number | null
  readonly bytes: string | number | null
}

/** A row of unknown length, for the order of tables only. */
const BYTES_PER_ROW = 100

/** Needs VIEW DATABASE STATE. */
const FROM_STATISTICS = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  sum(p.row_count) as [rows], sum(p.used_page_count) * 8192 as [bytes]
from sys.dm_db_partition_stats p
join sys.tables t on t.object_id = p.object_id
join sys.schemas s on s.schema_id = t.schema_id
where p.index_id < 2
group by s.name, t.name`

const FROM_PARTITIONS = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  sum(p.rows) as [rows], sum(p.rows) * ${BYTES_PER_ROW} as [bytes]
from sys.partitions p
join sys.tables t on t.object_id = p.object_id
join sys.schemas s on s.schema_id = t.schema_id
where p.index_id < 2
group by s.name, t.name`

/** Rows and bytes of the model's tables as the server keeps them for its own use; nothing is counted. */
export async function estimate(
  catalog: Catalog,
  model: Pick<SchemaModel, 'tables'>,
): Promise<readonly TableEstimate[]> {
  const rows = await readEstimates(catalog)
  const known = new Map(rows.map((row) => [quote(row.schema, row.name), row]))
  return model.tables.map(({ schema, name }) => {
    const row = known.get(quote(schema, name))
    return { schema, name, rows: Number(row?.rows ?? 0), bytes: Number(row?.bytes ?? 0) }
  })
}

async function readEstimates({ query, views }: Catalog): Promise<readonly EstimateRow[]> {
  if (!views.has('dm_db_partition_stats', 'row_count')) return query<EstimateRow>(FROM_PARTITIONS)
  try {
    return await query<EstimateRow>(FROM_STATISTICS)
  } catch (error) {
    // Without the permission the other view, which every login may read, must do.
    if (isDenied(error)) return query<EstimateRow>(FROM_PARTITIONS)
    throw error
  }
}
