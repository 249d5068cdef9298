import type { KeyColumn } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { type ByParent, groupBy } from './lists.ts'

interface KeyRow {
  readonly tableId: number
  readonly indexId: number
  readonly name: string
  readonly isPrimaryKey: boolean
  readonly isUniqueConstraint: boolean
  readonly isUnique: boolean
  readonly isClustered: boolean
  readonly ignoreDuplicates: boolean
  /** null: no hash index. */
  readonly bucketCount: string | number | null
}

export interface TableTypeKeyRow extends KeyRow {
  readonly columns: readonly KeyColumn[]
  readonly included: readonly string[]
}

interface KeyColumnRow extends KeyColumn {
  readonly tableId: number
  readonly indexId: number
  /** In the index, and in no place of its key. */
  readonly included: boolean
}

export interface TableTypeCheckRow {
  readonly tableId: number
  readonly definition: string | null
}

const KEY_COLUMNS = `
select k.object_id as [tableId], k.index_id as [indexId], cast(c.name as nvarchar(128)) as [name],
  cast(k.is_descending_key as bit) as [descending], cast(k.is_included_column as bit) as [included]
from sys.index_columns k
join sys.table_types t on t.type_table_object_id = k.object_id
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where k.key_ordinal > 0 or k.is_included_column = 1
order by k.object_id, k.index_id, k.key_ordinal, k.index_column_id`

const CHECKS = `
select c.parent_object_id as [tableId], c.definition
from sys.check_constraints c
join sys.table_types t on t.type_table_object_id = c.parent_object_id
order by c.parent_object_id, c.name`

/** Primary and unique keys, indexes and checks of table types. */
export async function readTableTypeKeys({ query, views }: Catalog): Promise<{
  readonly keys: ByParent<TableTypeKeyRow>
  readonly checks: ByParent<TableTypeCheckRow>
}> {
  const hasHash = views.has('hash_indexes', 'bucket_count')
  const keys = await query<KeyRow>(`
select i.object_id as [tableId], i.index_id as [indexId], cast(i.name as nvarchar(128)) as [name],
  cast(i.is_primary_key as bit) as [isPrimaryKey], cast(i.is_unique_constraint as bit) as [isUniqueConstraint],
  cast(i.is_unique as bit) as [isUnique], cast(case i.type when 1 then 1 else 0 end as bit) as [isClustered],
  cast(i.ignore_dup_key as bit) as [ignoreDuplicates],
  ${hasHash ? 'h.bucket_count' : 'null'} as [bucketCount]
from sys.indexes i
join sys.table_types t on t.type_table_object_id = i.object_id
${hasHash ? 'left join sys.hash_indexes h on h.object_id = i.object_id and h.index_id = i.index_id' : ''}
where i.index_id > 0 and i.type <> 0
order by i.object_id, i.index_id`)
  const columns = groupBy(
    await query<KeyColumnRow>(KEY_COLUMNS),
    ({ tableId }) => tableId,
    (row) => row,
  )
  return {
    keys: groupBy(
      keys,
      (row) => row.tableId,
      (row) => {
        const own = (columns.get(row.tableId) ?? []).filter(({ indexId }) => indexId === row.indexId)
        return {
          ...row,
          columns: own.filter(({ included }) => !included),
          included: own.filter(({ included }) => included).map(({ name }) => name),
        }
      },
    ),
    checks: groupBy(
      await query<TableTypeCheckRow>(CHECKS),
      (row) => row.tableId,
      (row) => row,
    ),
  }
}
