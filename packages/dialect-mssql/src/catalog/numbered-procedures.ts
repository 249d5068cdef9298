import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'
import { withTrueName } from './module-name.ts'
import { unseenText } from './unseen-text.ts'

export interface NumberedProcedureRow {
  readonly schema: string
  readonly name: string
  readonly number: number
  readonly definition: string | null
  readonly isEncrypted: boolean
}

const NUMBERED = `
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  cast(n.procedure_number as int) as [number], n.definition,
  cast(coalesce(objectproperty(n.object_id, 'IsEncrypted'), 0) as bit) as [isEncrypted]
from sys.numbered_procedures n
join sys.objects o on o.object_id = n.object_id
join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0`

/** The second and further procedures of one name; the first is a module, and to drop it drops them all. */
export async function readNumberedProcedures({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('numbered_procedures', 'procedure_number')) return NOTHING
  const rows = [...(await query<NumberedProcedureRow>(NUMBERED))].sort(
    (one, other) =>
      compareText(one.schema, other.schema) || compareText(one.name, other.name) || one.number - other.number,
  )
  return { objects: rows.flatMap(mapNumberedProcedure), leftBehind: rows.flatMap(unseen) }
}

export function mapNumberedProcedure(row: NumberedProcedureRow): readonly NativeObject[] {
  if (row.definition === null) return []
  const statement = withTrueName(row.definition, row)
  return [{ kind: 'numbered procedure', name: fullName(row), statements: [statement], stage: 'after modules' }]
}

function unseen(row: NumberedProcedureRow): readonly LeftBehind[] {
  if (row.definition !== null) return []
  const { reason } = unseenText({ ...row, kind: 'numbered procedure' })
  return [{ kind: 'numbered procedure', name: fullName(row), reason }]
}

function fullName({ schema, name, number }: NumberedProcedureRow): string {
  return `${quote(schema, name)};${number}`
}
