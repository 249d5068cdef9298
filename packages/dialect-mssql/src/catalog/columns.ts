import type { Column, Computed, Default, Identity, NativeType } from '@albackup/core'
import { type BoundObjects, type BoundRow, boundColumns, boundFacts } from './bound-objects.ts'
import type { Catalog, CatalogViews } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { columnOf, mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import type { Comments } from './comments.ts'
import { remarkable } from './lists.ts'

export interface ColumnRow extends TypeRow, BoundRow {
  readonly tableId: number
  readonly columnId: number
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly nullable: boolean
  readonly isRowGuid: boolean
  readonly isSparse: boolean
  readonly isColumnSet: boolean
  readonly isFileStream: boolean
  readonly isHidden: boolean
  readonly isMasked: boolean
  readonly isAnsiPadded: boolean
  /** 0: no; 1: start of a row's period, 2: its end; above: ledger. */
  readonly generatedAlways: number
  /** null: a plain column; otherwise the encryption keeps the value from us. */
  readonly encryption: number | null
  /** null: a column of the user's; otherwise one that the server keeps for a graph. */
  readonly graphType: number | null
  readonly isDroppedLedger: boolean
  readonly xmlSchema: string | null
  readonly xmlCollection: string | null
  readonly isXmlDocument: boolean
  /** How a masked column is shown to those who may not see it: `partial(1, "x", 1)`. */
  readonly mask?: string | null
}

/** What belongs to columns and has its own query, by the column's key. */
export interface ColumnParts {
  readonly defaults: ReadonlyMap<string, Default>
  readonly identities: ReadonlyMap<string, Identity>
  readonly computed: ReadonlyMap<string, Computed>
  readonly comments: Comments
  readonly bound: BoundObjects
}

export function readColumns({ query, views }: Catalog): Promise<readonly ColumnRow[]> {
  const flag = (column: string) => views.flag('columns', 'c', column)
  const hasXml = views.has('xml_schema_collections', 'xml_collection_id') && views.has('columns', 'xml_collection_id')
  const hasMasks = views.has('masked_columns', 'masking_function')
  return query<ColumnRow>(`
select c.object_id as [tableId], c.column_id as [columnId], cast(s.name as nvarchar(128)) as [schema],
  cast(o.name as nvarchar(128)) as [table], cast(c.name as nvarchar(128)) as [name],
  cast(c.is_nullable as bit) as [nullable], c.collation_name as [collation],
  ${typeColumns('c')},
  ${flag('is_rowguidcol')} as [isRowGuid], ${flag('is_sparse')} as [isSparse], ${flag('is_column_set')} as [isColumnSet],
  ${flag('is_filestream')} as [isFileStream], ${flag('is_hidden')} as [isHidden], ${flag('is_masked')} as [isMasked],
  ${ansiPadded(views)} as [isAnsiPadded], ${flag('is_dropped_ledger_column')} as [isDroppedLedger],
  cast(${views.column('columns', 'c', 'generated_always_type', '0')} as int) as [generatedAlways],
  cast(${views.column('columns', 'c', 'encryption_type', 'null')} as int) as [encryption],
  cast(${views.column('columns', 'c', 'graph_type', 'null')} as int) as [graphType],
  ${flag('is_xml_document')} as [isXmlDocument],
  ${hasXml ? 'xs.name' : 'cast(null as nvarchar(128))'} as [xmlSchema],
  ${hasXml ? 'x.name' : 'cast(null as nvarchar(128))'} as [xmlCollection],
  ${hasMasks ? 'm.masking_function' : 'null'} as [mask]${boundColumns(views, 'columns', 'c')}
from sys.columns c
join sys.tables o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.types t on t.user_type_id = c.user_type_id${TYPE_JOINS}
${hasXml ? XML_JOINS : ''}
${hasMasks ? MASK_JOIN : ''}
where o.is_ms_shipped = 0
order by c.object_id, c.column_id`)
}

const XML_JOINS = `left join sys.xml_schema_collections x on x.xml_collection_id = c.xml_collection_id and c.xml_collection_id <> 0
left join sys.schemas xs on xs.schema_id = x.schema_id`

const MASK_JOIN =
  'left join sys.masked_columns m on m.object_id = c.object_id and m.column_id = c.column_id and m.is_masked = 1'

function ansiPadded(views: CatalogViews): string {
  return `cast(${views.column('columns', 'c', 'is_ansi_padded', '1')} as bit)`
}

/** False for what the server keeps for itself: graph ids, the column set over sparse columns, columns a ledger has dropped. */
export function isCarried(row: ColumnRow): boolean {
  return row.graphType === null && !row.isColumnSet && !row.isDroppedLedger
}

export function mapColumn(row: ColumnRow, parts: ColumnParts): Column {
  const key = columnKey(row)
  const { native, logical } = mapType(row, columnOf(row.schema, row.table, row.name))
  const identity = parts.identities.get(key)
  const computed = parts.computed.get(key)
  // A rowversion has no default that a user could have given it.
  const columnDefault = logical.kind === 'rowversion' ? undefined : parts.defaults.get(key)
  return {
    name: row.name,
    native: withFacts(native, row, parts.bound),
    // Without the keys the server sends the ciphertext.
    logical: row.encryption === null ? logical : { kind: 'binary', length: null, fixed: false, content: 'encrypted' },
    nullable: row.nullable,
    ...(identity !== undefined && { identity }),
    ...(columnDefault !== undefined && { default: columnDefault }),
    ...(computed !== undefined && { computed }),
    ...parts.comments.object(row.tableId, row.columnId),
  }
}

const GENERATED = [null, 'row start', 'row end'] as const

function withFacts(native: NativeType, row: ColumnRow, bound: BoundObjects): NativeType {
  const isText = /^(char|varchar|binary|varbinary)\(\d/.test(native.declaration)
  const facts = remarkable({
    rowGuid: row.isRowGuid,
    sparse: row.isSparse,
    fileStream: row.isFileStream,
    hidden: row.isHidden,
    masked: row.mask ?? row.isMasked,
    ansiPaddingOff: isText && !row.isAnsiPadded,
    generatedAlways: GENERATED[row.generatedAlways] ?? (row.generatedAlways > 2 ? 'ledger' : null),
    encryption: row.encryption === null ? null : row.encryption === 1 ? 'deterministic' : 'randomized',
    ...boundFacts(row, bound),
    xmlSchemaCollection:
      row.xmlSchema === null || row.xmlCollection === null
        ? null
        : { schema: row.xmlSchema, name: row.xmlCollection, document: row.isXmlDocument },
  })
  return facts === undefined ? native : { ...native, facts }
}
