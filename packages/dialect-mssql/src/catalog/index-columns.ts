import type { Catalog, CatalogViews } from './catalog.ts'

export interface IndexColumnRow {
  readonly tableId: number
  readonly indexId: number
  readonly column: string
  /** 0: no column of the key. */
  readonly keyOrdinal: number
  readonly descending: boolean
  readonly included: boolean
  /** Of an ordered columnstore; 0 or absent: its rows are not ordered by the column. */
  readonly orderOrdinal?: number
}

/** Without the partitioning column that the server adds to an index by itself. */
function indexColumns(views: CatalogViews): string {
  return `
select i.object_id as [tableId], i.index_id as [indexId], cast(c.name as nvarchar(128)) as [column], cast(i.key_ordinal as int) as [keyOrdinal],
  cast(i.is_descending_key as bit) as [descending], cast(i.is_included_column as bit) as [included],
  cast(${views.column('index_columns', 'i', 'column_store_order_ordinal', '0')} as int) as [orderOrdinal]
from sys.index_columns i
join sys.tables t on t.object_id = i.object_id
join sys.columns c on c.object_id = i.object_id and c.column_id = i.column_id
where t.is_ms_shipped = 0 and i.column_id > 0 and (i.key_ordinal > 0 or i.partition_ordinal = 0 or i.is_included_column <> 0)
order by i.object_id, i.index_id, i.key_ordinal, i.index_column_id`
}

export function readIndexColumns(catalog: Catalog): Promise<readonly IndexColumnRow[]> {
  return catalog.query<IndexColumnRow>(indexColumns(catalog.views))
}
