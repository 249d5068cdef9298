import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byQualifiedName, groupBy } from './lists.ts'

export interface FullTextIndexRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  readonly isView: boolean
  /** The unique index whose key stands for the row. */
  readonly keyIndex: string
  readonly catalog: string
  readonly isEnabled: boolean
  /** M: manual, A: automatic, O: off. */
  readonly changeTracking: string
  /** null: none, 0: the system's. */
  readonly stoplistId: number | null
  readonly stoplist: string | null
  readonly hasPropertyList: boolean
}

export interface FullTextColumnRow {
  readonly tableId: number
  readonly column: string
  /** The column that says what kind of document is in it. */
  readonly typeColumn: string | null
  readonly languageId: number
  readonly hasSemantics: boolean
}

const INDEXES = `
select f.object_id as [id], cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  cast(case rtrim(o.type) when 'V' then 1 else 0 end as bit) as [isView], cast(i.name as nvarchar(128)) as [keyIndex],
  cast(c.name as nvarchar(128)) as [catalog], cast(f.is_enabled as bit) as [isEnabled],
  rtrim(f.change_tracking_state) as [changeTracking], cast(f.stoplist_id as int) as [stoplistId],
  cast(l.name as nvarchar(128)) as [stoplist],
  cast(case when f.property_list_id is null then 0 else 1 end as bit) as [hasPropertyList]
from sys.fulltext_indexes f
join sys.objects o on o.object_id = f.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.indexes i on i.object_id = f.object_id and i.index_id = f.unique_index_id
join sys.fulltext_catalogs c on c.fulltext_catalog_id = f.fulltext_catalog_id
left join sys.fulltext_stoplists l on l.stoplist_id = f.stoplist_id`

const COLUMNS = `
select k.object_id as [tableId], cast(c.name as nvarchar(128)) as [column], cast(t.name as nvarchar(128)) as [typeColumn],
  cast(k.language_id as int) as [languageId], cast(coalesce(k.statistical_semantics, 0) as bit) as [hasSemantics]
from sys.fulltext_index_columns k
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
left join sys.columns t on t.object_id = k.object_id and t.column_id = k.type_column_id
order by k.object_id, k.column_id`

export async function readFullTextIndexes({ query, views }: Catalog): Promise<Carried> {
  const hasAll =
    views.has('fulltext_indexes', 'property_list_id') && views.has('fulltext_index_columns', 'statistical_semantics')
  if (!hasAll) return NOTHING
  const rows = byQualifiedName(await query<FullTextIndexRow>(INDEXES))
  if (rows.length === 0) return NOTHING
  const columns = groupBy(
    await query<FullTextColumnRow>(COLUMNS),
    (row) => row.tableId,
    (row) => row,
  )
  return {
    objects: rows.map((row) => mapFullTextIndex(row, columns.get(row.id) ?? [])),
    leftBehind: rows.filter(({ hasPropertyList }) => hasPropertyList).map(lostPropertyList),
  }
}

export function mapFullTextIndex(row: FullTextIndexRow, columns: readonly FullTextColumnRow[]): NativeObject {
  const name = quote(row.schema, row.name)
  const create = `create fulltext index on ${name} (${columns.map(columnClause).join(', ')})
key index ${quote(row.keyIndex)} on ${quote(row.catalog)}
with (change_tracking = ${tracking(row.changeTracking)}, stoplist = ${stoplist(row)})`
  return {
    kind: 'full-text index',
    name,
    statements: [create, ...(row.isEnabled ? [] : [`alter fulltext index on ${name} disable`])],
    // An index of a view needs the view, and the unique index of it.
    stage: row.isView ? 'after modules' : 'with keys',
    ...(!row.isView && { table: { schema: row.schema, name: row.name } }),
  }
}

function columnClause({ column, typeColumn, languageId, hasSemantics }: FullTextColumnRow): string {
  const type = typeColumn === null ? '' : ` type column ${quote(typeColumn)}`
  return `${quote(column)}${type} language ${languageId}${hasSemantics ? ' statistical_semantics' : ''}`
}

function tracking(state: string): string {
  return state === 'A' ? 'auto' : state === 'M' ? 'manual' : 'off'
}

function stoplist({ stoplistId, stoplist }: FullTextIndexRow): string {
  if (stoplistId === null) return 'off'
  return stoplist === null ? 'system' : quote(stoplist)
}

function lostPropertyList({ schema, name }: FullTextIndexRow): LeftBehind {
  const reason =
    'the full-text index is carried without it; create the list again and name it with ALTER FULLTEXT INDEX'
  return { kind: 'search property list', name: quote(schema, name), reason }
}
