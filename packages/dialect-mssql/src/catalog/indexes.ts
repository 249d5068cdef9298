import type { Index, Json, Key, KeyColumn, NativeFacts } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import type { Comments } from './comments.ts'
import { type IndexColumnRow, readIndexColumns } from './index-columns.ts'
import { type IndexDetails, readIndexDetails } from './index-details.ts'
import { indexName } from './index-name.ts'
import { type ByParent, groupBy, nativeFacts } from './lists.ts'
import { sqlExpression } from './sql-expression.ts'
import { readStorage } from './storage.ts'

export interface IndexRow {
  readonly tableId: number
  readonly table: string
  readonly indexId: number
  readonly name: string
  /** Of sys.indexes: 1 clustered, 2 nonclustered, 3 XML, 4 spatial, 5 and 6 columnstore, 7 hash. */
  readonly type: number
  readonly typeName: string
  readonly isUnique: boolean
  readonly isPrimaryKey: boolean
  readonly isUniqueConstraint: boolean
  readonly isSystemNamed: boolean
  readonly isDisabled: boolean
  readonly filter: string | null
  readonly ignoreDuplicates: boolean
  readonly fillFactor: number
  readonly isPadded: boolean
  readonly allowRowLocks: boolean
  readonly allowPageLocks: boolean
  readonly optimizeForSequentialKey: boolean
  /** Minutes that a columnstore leaves closed rows as they are. */
  readonly compressionDelay?: number | null
}

/** The keys and indexes of one table. */
export interface TableIndexes {
  readonly primaryKey: Key | undefined
  readonly uniqueKeys: readonly Key[]
  readonly indexes: readonly Index[]
}

/** Indexes by the table they belong to; those that a tool only imagined or the server made by itself are left out. */
export async function readIndexes(catalog: Catalog, comments: Comments): Promise<(tableId: number) => TableIndexes> {
  const rows = groupBy(
    await readIndexRows(catalog),
    (row) => row.tableId,
    (row) => row,
  )
  const columns = groupBy(
    await readIndexColumns(catalog),
    (row) => row.tableId,
    (row) => row,
  )
  const detailsOf = await readIndexDetails(catalog)
  const storageOf = await readStorage(catalog)
  const details: IndexDetails = (tableId, indexId) => ({
    ...detailsOf(tableId, indexId),
    ...storageOf(tableId, indexId),
  })
  return (tableId) => mapIndexes(tableId, rows, columns, details, comments)
}

function readIndexRows({ query, views }: Catalog): Promise<readonly IndexRow[]> {
  const autoCreated = views.has('indexes', 'auto_created') ? ' and i.auto_created = 0' : ''
  return query<IndexRow>(`
select i.object_id as [tableId], cast(t.name as nvarchar(128)) as [table], i.index_id as [indexId], cast(i.name as nvarchar(128)) as [name], cast(i.type as int) as [type],
  lower(i.type_desc) as [typeName], cast(i.is_unique as bit) as [isUnique],
  cast(i.is_primary_key as bit) as [isPrimaryKey], cast(i.is_unique_constraint as bit) as [isUniqueConstraint],
  cast(coalesce(k.is_system_named, 0) as bit) as [isSystemNamed], cast(i.is_disabled as bit) as [isDisabled],
  i.filter_definition as [filter], cast(i.ignore_dup_key as bit) as [ignoreDuplicates],
  cast(i.fill_factor as int) as [fillFactor], cast(i.is_padded as bit) as [isPadded],
  cast(i.allow_row_locks as bit) as [allowRowLocks], cast(i.allow_page_locks as bit) as [allowPageLocks],
  ${views.flag('indexes', 'i', 'optimize_for_sequential_key')} as [optimizeForSequentialKey],
  ${views.column('indexes', 'i', 'compression_delay', 'null')} as [compressionDelay]
from sys.indexes i
join sys.tables t on t.object_id = i.object_id
left join sys.key_constraints k on k.parent_object_id = i.object_id and k.name = i.name
where t.is_ms_shipped = 0 and i.type <> 0 and i.is_hypothetical = 0${autoCreated}
order by i.object_id, i.name`)
}

function mapIndexes(
  tableId: number,
  rows: ByParent<IndexRow>,
  columns: ByParent<IndexColumnRow>,
  details: IndexDetails,
  comments: Comments,
): TableIndexes {
  const own = rows.get(tableId) ?? []
  const columnsOf = (row: IndexRow) => (columns.get(tableId) ?? []).filter((column) => column.indexId === row.indexId)
  const keyOf = (row: IndexRow) => mapKey(row, columnsOf(row), details(row.tableId, row.indexId))
  const primary = own.find((row) => row.isPrimaryKey)
  return {
    primaryKey: primary && keyOf(primary),
    uniqueKeys: own.filter((row) => row.isUniqueConstraint).map(keyOf),
    indexes: own
      .filter((row) => !row.isPrimaryKey && !row.isUniqueConstraint)
      .map((row) => mapIndex(row, columnsOf(row), details(row.tableId, row.indexId), comments)),
  }
}

export function mapKey(
  row: IndexRow,
  columns: readonly IndexColumnRow[],
  details: Readonly<Record<string, Json>> = {},
): Key {
  return {
    name: row.name,
    systemNamed: row.isSystemNamed,
    columns: keyColumns(columns),
    clustered: row.type === 1,
    ...indexFacts(row, { disabled: row.isDisabled, ...details }),
  }
}

export function mapIndex(
  row: IndexRow,
  columns: readonly IndexColumnRow[],
  details: Readonly<Record<string, Json>>,
  comments: Comments,
): Index {
  const method = indexMethod(row)
  // The columns of XML, spatial and columnstore indexes have no place in a key.
  const inKey = method === 'btree' || method === 'hash' ? columns.filter((column) => column.keyOrdinal > 0) : columns
  return {
    name: indexName(row.name, row.table),
    unique: row.isUnique,
    clustered: row.type === 1 || row.type === 5,
    method,
    columns: keyColumns(inKey),
    included: columns.filter((column) => column.included && !inKey.includes(column)).map((column) => column.column),
    ...(row.filter !== null && { filter: sqlExpression(row.filter) }),
    enabled: !row.isDisabled,
    ...comments.index(row.tableId, row.indexId),
    ...indexFacts(row, { columnstoreOrder: columnstoreOrder(columns), ...details }),
  }
}

/** The columns by which the rows of a columnstore are ordered. */
function columnstoreOrder(columns: readonly IndexColumnRow[]): readonly string[] | null {
  const ordered = columns.filter(({ orderOrdinal = 0 }) => orderOrdinal > 0)
  if (ordered.length === 0) return null
  return ordered.sort((one, other) => one.orderOrdinal! - other.orderOrdinal!).map(({ column }) => column)
}

function keyColumns(columns: readonly IndexColumnRow[]): readonly KeyColumn[] {
  return columns.map(({ column, descending }) => ({ name: column, descending }))
}

function indexMethod({ type, typeName }: IndexRow): string {
  switch (type) {
    case 1:
    case 2:
      return 'btree'
    case 3:
      return 'xml'
    case 4:
      return 'spatial'
    case 5:
    case 6:
      return 'columnstore'
    case 7:
      return 'hash'
    default:
      return typeName
  }
}

function indexFacts(row: IndexRow, more: Readonly<Record<string, Json>>): { readonly native?: NativeFacts } {
  return nativeFacts({
    ignoreDuplicateKey: row.ignoreDuplicates,
    fillFactor: row.fillFactor === 0 ? null : row.fillFactor,
    padIndex: row.isPadded && row.fillFactor !== 0,
    rowLocksOff: !row.allowRowLocks,
    pageLocksOff: !row.allowPageLocks,
    optimizeForSequentialKey: row.optimizeForSequentialKey,
    compressionDelay: row.compressionDelay || null,
    ...more,
  })
}
