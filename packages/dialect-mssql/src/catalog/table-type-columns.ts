import { SourceError } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import { type ByParent, groupBy } from './lists.ts'

interface ColumnRow extends TypeRow {
  readonly tableId: number
  readonly columnId: number
  readonly name: string
  readonly nullable: boolean
  readonly isRowGuid: boolean
  readonly isComputed: boolean
  readonly isIdentity: boolean
  readonly xmlSchema: string | null
  readonly xmlCollection: string | null
  readonly isXmlDocument: boolean
}

export interface TableTypeColumnRow extends ColumnRow {
  readonly default?: string | null
  /** Absent or null also where the server does not tell how it computes the column. */
  readonly computed?: string | null
  readonly isPersisted?: boolean
  readonly seed?: string
  readonly increment?: string
}

/** What only some columns have, each with its own query: not every server can print every definition. */
type PartRow = { readonly tableId: number; readonly columnId: number } & Partial<TableTypeColumnRow>

const DEFAULTS = `
select d.parent_object_id as [tableId], d.parent_column_id as [columnId], d.definition as [default]
from sys.default_constraints d
join sys.table_types t on t.type_table_object_id = d.parent_object_id`

const COMPUTED = `
select c.object_id as [tableId], c.column_id as [columnId], c.definition as [computed], cast(c.is_persisted as bit) as [isPersisted]
from sys.computed_columns c
join sys.table_types t on t.type_table_object_id = c.object_id`

const IDENTITIES = `
select i.object_id as [tableId], i.column_id as [columnId], convert(nvarchar(40), i.seed_value) as [seed],
  convert(nvarchar(40), i.increment_value) as [increment]
from sys.identity_columns i
join sys.table_types t on t.type_table_object_id = i.object_id`

/** The columns of table types, each in the order of the type. */
export async function readTableTypeColumns(catalog: Catalog): Promise<ByParent<TableTypeColumnRow>> {
  const rows = await readColumnRows(catalog)
  const parts = [
    ...(await readParts(catalog, DEFAULTS)),
    ...(rows.some(({ isComputed }) => isComputed) ? await readParts(catalog, COMPUTED) : []),
    ...(rows.some(({ isIdentity }) => isIdentity) ? await readParts(catalog, IDENTITIES) : []),
  ]
  const byColumn = new Map<string, PartRow>()
  for (const part of parts) byColumn.set(columnKey(part), { ...byColumn.get(columnKey(part)), ...part })
  return groupBy(
    rows,
    (row) => row.tableId,
    (row) => ({ ...row, ...byColumn.get(columnKey(row)) }),
  )
}

function readColumnRows({ query, views }: Catalog): Promise<readonly ColumnRow[]> {
  const hasXml = views.has('xml_schema_collections', 'xml_collection_id') && views.has('columns', 'xml_collection_id')
  return query<ColumnRow>(`
select c.object_id as [tableId], c.column_id as [columnId], cast(c.name as nvarchar(128)) as [name],
  cast(c.is_nullable as bit) as [nullable], ${views.flag('columns', 'c', 'is_rowguidcol')} as [isRowGuid],
  cast(c.is_computed as bit) as [isComputed], cast(c.is_identity as bit) as [isIdentity], c.collation_name as [collation],
  ${hasXml ? 'cast(xs.name as nvarchar(128))' : 'cast(null as nvarchar(128))'} as [xmlSchema],
  ${hasXml ? 'cast(x.name as nvarchar(128))' : 'cast(null as nvarchar(128))'} as [xmlCollection],
  ${views.flag('columns', 'c', 'is_xml_document')} as [isXmlDocument],
  ${typeColumns('c')}
from sys.columns c
join sys.table_types tt on tt.type_table_object_id = c.object_id
join sys.types t on t.user_type_id = c.user_type_id${TYPE_JOINS}
${hasXml ? XML_JOINS : ''}
order by c.object_id, c.column_id`)
}

const XML_JOINS = `left join sys.xml_schema_collections x on x.xml_collection_id = c.xml_collection_id and c.xml_collection_id <> 0
left join sys.schemas xs on xs.schema_id = x.schema_id`

/** A type of which the server cannot print a part is left behind, not the whole backup. */
async function readParts({ query }: Catalog, sql: string): Promise<readonly PartRow[]> {
  try {
    return await query<PartRow>(sql)
  } catch (error) {
    if (error instanceof SourceError) return []
    throw error
  }
}
