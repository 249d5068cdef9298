import type { ForeignKey, ReferentialAction } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { type ByParent, byName, groupBy, nativeFacts } from './lists.ts'

export interface ForeignKeyRow {
  readonly id: number
  readonly tableId: number
  readonly name: string
  readonly isSystemNamed: boolean
  readonly referencedSchema: string
  readonly referencedTable: string
  /** 0 no action, 1 cascade, 2 set null, 3 set default. */
  readonly onDelete: number
  readonly onUpdate: number
  readonly isDisabled: boolean
  readonly isNotTrusted: boolean
  readonly notForReplication: boolean
}

export interface ForeignKeyColumnRow {
  readonly foreignKeyId: number
  readonly column: string
  readonly referencedColumn: string
}

const FOREIGN_KEYS = `
select f.object_id as [id], f.parent_object_id as [tableId], cast(f.name as nvarchar(128)) as [name],
  cast(f.is_system_named as bit) as [isSystemNamed],
  cast(rs.name as nvarchar(128)) as [referencedSchema], cast(r.name as nvarchar(128)) as [referencedTable],
  cast(f.delete_referential_action as int) as [onDelete], cast(f.update_referential_action as int) as [onUpdate],
  cast(f.is_disabled as bit) as [isDisabled], cast(f.is_not_trusted as bit) as [isNotTrusted],
  cast(f.is_not_for_replication as bit) as [notForReplication]
from sys.foreign_keys f
join sys.tables r on r.object_id = f.referenced_object_id
join sys.schemas rs on rs.schema_id = r.schema_id
where f.is_ms_shipped = 0`

const FOREIGN_KEY_COLUMNS = `
select k.constraint_object_id as [foreignKeyId], cast(c.name as nvarchar(128)) as [column], cast(r.name as nvarchar(128)) as [referencedColumn]
from sys.foreign_key_columns k
join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
join sys.columns r on r.object_id = k.referenced_object_id and r.column_id = k.referenced_column_id
order by k.constraint_object_id, k.constraint_column_id`

const ACTIONS: readonly ReferentialAction[] = ['no action', 'cascade', 'set null', 'set default']

/** The foreign keys of each table, by name. */
export async function readForeignKeys(catalog: Catalog): Promise<(tableId: number) => readonly ForeignKey[]> {
  const rows = await catalog.query<ForeignKeyRow>(FOREIGN_KEYS)
  const columns = groupBy(
    await catalog.query<ForeignKeyColumnRow>(FOREIGN_KEY_COLUMNS),
    (row) => row.foreignKeyId,
    (row) => row,
  )
  const keys = groupBy(
    rows,
    (row) => row.tableId,
    (row) => mapForeignKey(row, columns),
  )
  return (tableId) => byName(keys.get(tableId) ?? [])
}

export function mapForeignKey(row: ForeignKeyRow, columns: ByParent<ForeignKeyColumnRow>): ForeignKey {
  const own = columns.get(row.id) ?? []
  return {
    name: row.name,
    systemNamed: row.isSystemNamed,
    columns: own.map((column) => column.column),
    references: {
      schema: row.referencedSchema,
      name: row.referencedTable,
      columns: own.map((column) => column.referencedColumn),
    },
    onDelete: ACTIONS[row.onDelete] ?? 'no action',
    onUpdate: ACTIONS[row.onUpdate] ?? 'no action',
    enabled: !row.isDisabled,
    trusted: !row.isNotTrusted,
    ...nativeFacts({ notForReplication: row.notForReplication }),
  }
}
