import type { Json } from '@albackup/core'
import type { Catalog, CatalogViews } from './catalog.ts'

/** What only indexes of a special kind have, in SQL Server's words; an empty object for the others. */
export type IndexDetails = (tableId: number, indexId: number) => Readonly<Record<string, Json>>

interface DetailRow {
  readonly tableId: number
  readonly indexId: number
  readonly [detail: string]: Json
}

/** A primary XML index has no primary one to use. Types above 1 are selective ones. */
function xmlIndexes(views: CatalogViews): string {
  const type = views.has('xml_indexes', 'xml_index_type_desc')
    ? 'case when x.xml_index_type > 1 then x.xml_index_type_desc end'
    : 'null'
  return `
select x.object_id as [tableId], x.index_id as [indexId], cast(u.name as nvarchar(128)) as [usingXmlIndex],
  x.secondary_type_desc as [secondaryType], ${type} as [xmlIndexType]
from sys.xml_indexes x
left join sys.xml_indexes u on u.object_id = x.object_id and u.index_id = x.using_xml_index_id`
}

const SPATIAL_INDEXES = `
select i.object_id as [tableId], i.index_id as [indexId], i.tessellation_scheme as [tessellation],
  s.bounding_box_xmin as [xMin], s.bounding_box_ymin as [yMin], s.bounding_box_xmax as [xMax], s.bounding_box_ymax as [yMax],
  s.level_1_grid_desc as [grid1], s.level_2_grid_desc as [grid2], s.level_3_grid_desc as [grid3],
  s.level_4_grid_desc as [grid4], s.cells_per_object as [cellsPerObject]
from sys.spatial_indexes i
join sys.spatial_index_tessellations s on s.object_id = i.object_id and s.index_id = i.index_id`

const HASH_INDEXES = `
select h.object_id as [tableId], h.index_id as [indexId], h.bucket_count as [bucketCount]
from sys.hash_indexes h`

export async function readIndexDetails({ query, views }: Catalog): Promise<IndexDetails> {
  const queries = [
    ...(views.has('xml_indexes', 'using_xml_index_id') ? [xmlIndexes(views)] : []),
    ...(views.has('spatial_index_tessellations', 'cells_per_object') && views.has('spatial_indexes', 'index_id')
      ? [SPATIAL_INDEXES]
      : []),
    ...(views.has('hash_indexes', 'bucket_count') ? [HASH_INDEXES] : []),
  ]
  const details = new Map<string, Readonly<Record<string, Json>>>()
  for (const sql of queries) {
    for (const { tableId, indexId, ...rest } of await query<DetailRow>(sql)) details.set(`${tableId} ${indexId}`, rest)
  }
  return (tableId, indexId) => details.get(`${tableId} ${indexId}`) ?? {}
}
