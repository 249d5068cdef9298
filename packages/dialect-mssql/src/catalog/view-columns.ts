import { CannotCarryError, type QualifiedName, type ViewColumn } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnOf, mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import { groupBy } from './lists.ts'

interface ViewColumnRow extends TypeRow {
  readonly schema: string
  readonly view: string
  readonly name: string
}

const COLUMNS = `
select cast(s.name as nvarchar(128)) as [schema], cast(v.name as nvarchar(128)) as [view],
  cast(c.name as nvarchar(128)) as [name], c.collation_name as [collation],
  ${typeColumns('c')}
from sys.columns c
join sys.views v on v.object_id = c.object_id
join sys.schemas s on s.schema_id = v.schema_id
join sys.types t on t.user_type_id = c.user_type_id${TYPE_JOINS}
where v.is_ms_shipped = 0
order by c.object_id, c.column_id`

/** The columns of each view, as the server worked them out when it was made. */
export async function readViewColumns({ query }: Catalog): Promise<(view: QualifiedName) => readonly ViewColumn[]> {
  const columns = groupBy(await query<ViewColumnRow>(COLUMNS), keyOf, mapViewColumn)
  return ({ schema, name }) => columns.get(keyOf({ schema, view: name })) ?? []
}

function keyOf({ schema, view }: Pick<ViewColumnRow, 'schema' | 'view'>): string {
  return `${schema}\0${view}`
}

/** A type that is not known matters to nobody but who reads the column. */
function mapViewColumn(row: ViewColumnRow): ViewColumn {
  try {
    return { name: row.name, logical: mapType(row, columnOf(row.schema, row.view, row.name)).logical }
  } catch (error) {
    if (error instanceof CannotCarryError) return { name: row.name }
    throw error
  }
}
