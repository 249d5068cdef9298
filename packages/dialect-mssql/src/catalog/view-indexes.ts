import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText, groupBy } from './lists.ts'

export interface ViewIndexRow {
  readonly viewId: number
  readonly indexId: number
  readonly schema: string
  readonly view: string
  readonly name: string
  /** Of sys.indexes: 1 clustered, 2 nonclustered, 6 columnstore. */
  readonly type: number
  readonly isUnique: boolean
  readonly isDisabled: boolean
  readonly ignoreDuplicates: boolean
  readonly fillFactor: number
  readonly isPadded: boolean
  readonly allowRowLocks: boolean
  readonly allowPageLocks: boolean
}

export interface ViewIndexColumnRow {
  readonly viewId: number
  readonly indexId: number
  readonly column: string
  readonly descending: boolean
  readonly included: boolean
}

const INDEXES = `
select i.object_id as [viewId], i.index_id as [indexId], cast(s.name as nvarchar(128)) as [schema],
  cast(v.name as nvarchar(128)) as [view], cast(i.name as nvarchar(128)) as [name], cast(i.type as int) as [type],
  cast(i.is_unique as bit) as [isUnique], cast(i.is_disabled as bit) as [isDisabled],
  cast(i.ignore_dup_key as bit) as [ignoreDuplicates], cast(i.fill_factor as int) as [fillFactor],
  cast(i.is_padded as bit) as [isPadded], cast(i.allow_row_locks as bit) as [allowRowLocks],
  cast(i.allow_page_locks as bit) as [allowPageLocks]
from sys.indexes i
join sys.views v on v.object_id = i.object_id
join sys.schemas s on s.schema_id = v.schema_id
where v.is_ms_shipped = 0 and i.index_id > 0 and i.is_hypothetical = 0
order by i.object_id, i.index_id`

/** Without the partitioning column that the server adds to an index by itself. */
const COLUMNS = `
select k.object_id as [viewId], k.index_id as [indexId], cast(c.name as nvarchar(128)) as [column],
  cast(k.is_descending_key as bit) as [descending], cast(k.is_included_column as bit) as [included]
from sys.index_columns k
join sys.views v on v.object_id = k.object_id
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where k.key_ordinal > 0 or k.partition_ordinal = 0 or k.is_included_column <> 0
order by k.object_id, k.index_id, k.key_ordinal, k.index_column_id`

/** The clustered index of a view comes first: it makes the others possible. */
export async function readViewIndexes({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('indexes', 'is_hypothetical')) return NOTHING
  const rows = await query<ViewIndexRow>(INDEXES)
  if (rows.length === 0) return NOTHING
  const columns = groupBy(
    await query<ViewIndexColumnRow>(COLUMNS),
    (row) => row.viewId,
    (row) => row,
  )
  const sorted = [...rows].sort(
    (one, other) =>
      compareText(quote(one.schema, one.view), quote(other.schema, other.view)) || one.indexId - other.indexId,
  )
  return allCarried(
    sorted.map((row) =>
      mapViewIndex(
        row,
        (columns.get(row.viewId) ?? []).filter(({ indexId }) => indexId === row.indexId),
      ),
    ),
  )
}

export function mapViewIndex(row: ViewIndexRow, columns: readonly ViewIndexColumnRow[]): NativeObject {
  const view = quote(row.schema, row.view)
  const name = quote(row.name)
  return {
    kind: 'index of a view',
    name: quote(row.schema, row.view, row.name),
    statements: [createIndex(row, columns), ...(row.isDisabled ? [`alter index ${name} on ${view} disable`] : [])],
    stage: 'after modules',
  }
}

function createIndex(row: ViewIndexRow, columns: readonly ViewIndexColumnRow[]): string {
  const on = `index ${quote(row.name)} on ${quote(row.schema, row.view)}`
  if (row.type === 6)
    return `create nonclustered columnstore ${on} (${columns.map(({ column }) => quote(column)).join(', ')})`
  const unique = row.isUnique ? 'unique ' : ''
  const key = columns.filter(({ included }) => !included)
  const keyColumns = key.map(({ column, descending }) => `${quote(column)}${descending ? ' desc' : ''}`)
  const included = columns.filter((column) => column.included).map(({ column }) => quote(column))
  const options = indexOptions(row)
  return (
    `create ${unique}${row.type === 1 ? 'clustered' : 'nonclustered'} ${on} (${keyColumns.join(', ')})` +
    (included.length === 0 ? '' : ` include (${included.join(', ')})`) +
    (options.length === 0 ? '' : ` with (${options.join(', ')})`)
  )
}

function indexOptions(row: ViewIndexRow): readonly string[] {
  return [
    ...(row.fillFactor === 0 ? [] : [`fillfactor = ${row.fillFactor}`]),
    ...(row.isPadded && row.fillFactor !== 0 ? ['pad_index = on'] : []),
    ...(row.ignoreDuplicates ? ['ignore_dup_key = on'] : []),
    ...(row.allowRowLocks ? [] : ['allow_row_locks = off']),
    ...(row.allowPageLocks ? [] : ['allow_page_locks = off']),
  ]
}
