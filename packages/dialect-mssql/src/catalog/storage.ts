import type { Json } from '@albackup/core'
import type { Catalog, CatalogViews } from './catalog.ts'
import { type ByParent, groupBy } from './lists.ts'

/** How the rows of an index, or of a table without a clustered one (index 0), are stored; an empty object for the usual way. */
export type StorageOf = (tableId: number, indexId: number) => Readonly<Record<string, Json>>

export interface SpaceRow {
  readonly tableId: number
  readonly indexId: number
  readonly space: string
  /** FG: a filegroup; PS: a partition scheme. */
  readonly spaceType: string
  readonly isDefault: boolean
  readonly partitionColumn: string | null
}

export interface PartitionRow {
  readonly tableId: number
  readonly indexId: number
  readonly partition: number
  /** 'none', 'row', 'page', 'columnstore', 'columnstore_archive'. */
  readonly compression: string
  readonly xmlCompression: boolean
}

const SPACES = `
select i.object_id as [tableId], i.index_id as [indexId], cast(d.name as nvarchar(128)) as [space], rtrim(d.type) as [spaceType],
  cast(d.is_default as bit) as [isDefault],
  (select cast(c.name as nvarchar(128)) from sys.index_columns p
    join sys.columns c on c.object_id = p.object_id and c.column_id = p.column_id
    where p.object_id = i.object_id and p.index_id = i.index_id and p.partition_ordinal = 1) as [partitionColumn]
from sys.indexes i
join sys.tables t on t.object_id = i.object_id
join sys.data_spaces d on d.data_space_id = i.data_space_id
where t.is_ms_shipped = 0 and (d.type <> 'FG' or d.is_default = 0)`

/** All partitions of every index of which one is compressed; a columnstore always is. */
function partitions(views: CatalogViews): string {
  const xml = (alias: string) => views.flag('partitions', alias, 'xml_compression')
  return `
select p.object_id as [tableId], p.index_id as [indexId], p.partition_number as [partition],
  lower(p.data_compression_desc) as [compression], ${xml('p')} as [xmlCompression]
from sys.partitions p
join sys.tables t on t.object_id = p.object_id
where t.is_ms_shipped = 0 and exists (select 1 from sys.partitions q
  where q.object_id = p.object_id and q.index_id = p.index_id and (q.data_compression not in (0, 3) or ${xml('q')} = 1))
order by p.object_id, p.index_id, p.partition_number`
}

export async function readStorage({ query, views }: Catalog): Promise<StorageOf> {
  const spaces = views.has('data_spaces', 'is_default') ? await query<SpaceRow>(SPACES) : []
  const rows = views.has('partitions', 'data_compression_desc') ? await query<PartitionRow>(partitions(views)) : []
  const spaceOf = new Map(spaces.map((row) => [indexKey(row), spaceFacts(row)]))
  const compressed = groupBy(
    rows,
    (row) => row.tableId,
    (row) => row,
  )
  return (tableId, indexId) => ({
    ...spaceOf.get(indexKey({ tableId, indexId })),
    ...compressionOf(compressed, tableId, indexId),
  })
}

function indexKey({ tableId, indexId }: { readonly tableId: number; readonly indexId: number }): string {
  return `${tableId} ${indexId}`
}

export function spaceFacts({ space, spaceType, partitionColumn }: SpaceRow): Readonly<Record<string, Json>> {
  if (spaceType === 'PS') return { partition: { scheme: space, column: partitionColumn } }
  return { filegroup: space }
}

function compressionOf(rows: ByParent<PartitionRow>, tableId: number, indexId: number) {
  return compressionFacts((rows.get(tableId) ?? []).filter((row) => row.indexId === indexId))
}

/** One word when all partitions are alike, else the numbers of the partitions under each word. */
export function compressionFacts(rows: readonly PartitionRow[]): Readonly<Record<string, Json>> {
  const numbers: Record<string, number[]> = {}
  for (const { compression, partition } of rows) {
    if (isRemarkable(compression)) numbers[compression] = [...(numbers[compression] ?? []), partition]
  }
  const [[word, partitions] = [], ...others] = Object.entries(numbers)
  const alike = others.length === 0 && partitions?.length === rows.length
  return {
    ...(word !== undefined && { compression: alike ? word : numbers }),
    ...(rows.some(({ xmlCompression }) => xmlCompression) && { xmlCompression: true }),
  }
}

function isRemarkable(compression: string): boolean {
  return compression !== 'none' && compression !== 'columnstore'
}
