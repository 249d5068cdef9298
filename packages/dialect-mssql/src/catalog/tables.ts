import type { Json, NativeFacts } from '@albackup/core'
import type { Catalog, CatalogViews } from './catalog.ts'
import { nativeFacts } from './lists.ts'
import { readStorage } from './storage.ts'

export interface TableRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  /** 0: none, 1: history of another table, 2: has a history. */
  readonly temporalType: number
  readonly historySchema: string | null
  readonly historyTable: string | null
  readonly periodStart: string | null
  readonly periodEnd: string | null
  readonly isMemoryOptimized: boolean
  /** 1: only the schema outlives a restart. */
  readonly durability: number
  readonly isFileTable: boolean
  readonly isExternal: boolean
  readonly isNode: boolean
  readonly isEdge: boolean
  /** 0: none, 1: history of a ledger table, 2: updatable, 3: append-only. */
  readonly ledgerType: number
  readonly isDroppedLedger: boolean
  readonly usesAnsiNulls: boolean
  /** How long rows stay in the history: -1, or absent where the server does not know it, for ever. */
  readonly retention?: number
  /** DAY, WEEK, MONTH, YEAR. */
  readonly retentionUnit?: string | null
  /** The XML column that shows all sparse columns, and how many columns stand before it. */
  readonly columnSet?: string | null
  readonly columnSetPosition?: number | null
  /** TABLE, AUTO, DISABLE. */
  readonly lockEscalation?: string | null
  /** The most bytes of a text, ntext or image that are kept in the row. */
  readonly textInRow?: number
  readonly largeValuesOutOfRow?: boolean
  /** Of a table without a clustered index; `StorageOf` says what it holds. */
  readonly heap?: Readonly<Record<string, Json>>
}

export async function readTables(catalog: Catalog): Promise<readonly TableRow[]> {
  const rows = await queryTables(catalog)
  const storageOf = await readStorage(catalog)
  return rows.map((row) => ({ ...row, heap: storageOf(row.id, 0) }))
}

function queryTables({ query, views }: Catalog): Promise<readonly TableRow[]> {
  const flag = (column: string) => views.flag('tables', 't', column)
  const number = (column: string) => `cast(${views.column('tables', 't', column, '0')} as int)`
  const hasPeriods = views.has('periods', 'start_column_id')
  const period = (column: string) =>
    hasPeriods
      ? `(select c.name from sys.columns c where c.object_id = t.object_id and c.column_id = p.${column})`
      : 'null'
  return query<TableRow>(`
select t.object_id as [id], cast(s.name as nvarchar(128)) as [schema],
  cast(t.name as nvarchar(128)) as [name], ${number('temporal_type')} as [temporalType],
  cast(hs.name as nvarchar(128)) as [historySchema], cast(h.name as nvarchar(128)) as [historyTable],
  ${period('start_column_id')} as [periodStart], ${period('end_column_id')} as [periodEnd],
  ${flag('is_memory_optimized')} as [isMemoryOptimized], ${number('durability')} as [durability],
  ${flag('is_filetable')} as [isFileTable], ${flag('is_external')} as [isExternal],
  ${flag('is_node')} as [isNode], ${flag('is_edge')} as [isEdge],
  ${number('ledger_type')} as [ledgerType], ${flag('is_dropped_ledger_table')} as [isDroppedLedger],
  cast(t.uses_ansi_nulls as bit) as [usesAnsiNulls],
  cast(${views.column('tables', 't', 'history_retention_period', '-1')} as int) as [retention],
  ${views.column('tables', 't', 'history_retention_period_unit_desc', 'null')} as [retentionUnit],
  ${columnSet(views)},
  ${views.column('tables', 't', 'lock_escalation_desc', 'null')} as [lockEscalation],
  ${number('text_in_row_limit')} as [textInRow], ${flag('large_value_types_out_of_row')} as [largeValuesOutOfRow]
from sys.tables t
join sys.schemas s on s.schema_id = t.schema_id
left join sys.tables h on h.object_id = ${views.column('tables', 't', 'history_table_id', '0')}
left join sys.schemas hs on hs.schema_id = h.schema_id
${hasPeriods ? 'left join sys.periods p on p.object_id = t.object_id and p.period_type = 1' : ''}
where t.is_ms_shipped = 0`)
}

/** A table has at most one. */
function columnSet(views: CatalogViews): string {
  if (!views.has('columns', 'is_column_set')) return 'null as [columnSet], null as [columnSetPosition]'
  const set = 'c.object_id = t.object_id and c.is_column_set = 1'
  return `(select cast(c.name as nvarchar(128)) from sys.columns c where ${set}) as [columnSet],
  (select count(*) from sys.columns b join sys.columns c on c.object_id = b.object_id and b.column_id < c.column_id
    where ${set}) as [columnSetPosition]`
}

const LEDGER = [null, 'history', 'updatable', 'append-only'] as const

/** What only SQL Server knows of a table, where it is out of the ordinary. */
export function tableFacts(row: TableRow): { readonly native?: NativeFacts } {
  return nativeFacts({
    temporal:
      row.temporalType === 2
        ? {
            history: { schema: row.historySchema, name: row.historyTable },
            start: row.periodStart,
            end: row.periodEnd,
            ...retentionFact(row),
          }
        : row.temporalType === 1
          ? 'history'
          : null,
    period: row.temporalType === 0 && row.periodStart !== null ? { start: row.periodStart, end: row.periodEnd } : null,
    memoryOptimized: row.isMemoryOptimized,
    schemaOnly: row.isMemoryOptimized && row.durability === 1,
    fileTable: row.isFileTable,
    graph: row.isNode ? 'node' : row.isEdge ? 'edge' : null,
    ledger: LEDGER[row.ledgerType] ?? null,
    ansiNullsOff: !row.usesAnsiNulls,
    columnSet: row.columnSet == null ? null : { name: row.columnSet, position: row.columnSetPosition ?? 0 },
    lockEscalation: usualLockEscalation(row) ? null : row.lockEscalation!.toLowerCase(),
    textInRow: row.textInRow || null,
    largeValuesOutOfRow: row.largeValuesOutOfRow ?? false,
    ...row.heap,
  })
}

/** As it is declared: `6 month`. */
function retentionFact({ retention = -1, retentionUnit }: TableRow): { readonly retention?: string } {
  return retention < 0 || retentionUnit == null ? {} : { retention: `${retention} ${retentionUnit.toLowerCase()}` }
}

function usualLockEscalation({ lockEscalation }: TableRow): boolean {
  return lockEscalation == null || lockEscalation.toUpperCase() === 'TABLE'
}
