import { type QualifiedName, SourceError } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'

export interface MaskedColumnRow {
  readonly schema: string
  readonly table: string
  readonly column: string
}

/**
 * The columns that this login would see masked: those with a mask for which it has UNMASK neither on the database nor, since SQL
 * Server 2022, on the schema, table or column. A server that does not know a permission answers null.
 */
const MASKED_COLUMNS = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [table],
  cast(c.name as nvarchar(128)) as [column]
from sys.masked_columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id
where has_perms_by_name(null, 'DATABASE', 'UNMASK') = 0
  and coalesce(has_perms_by_name(quotename(s.name) + '.' + quotename(t.name), 'OBJECT', 'UNMASK', c.name, 'COLUMN'), 0) = 0`

export async function readMaskedColumns({ query, views }: Catalog): Promise<readonly MaskedColumnRow[]> {
  return views.has('masked_columns', 'masking_function') ? query<MaskedColumnRow>(MASKED_COLUMNS) : []
}

/** `UNMASK` on all columns that are masked for this login, or throws: the server would send made-up values, and say nothing. */
export function requireUnmasked(columns: readonly MaskedColumnRow[], isRead: (table: QualifiedName) => boolean): void {
  const masked = columns
    .filter(({ schema, table }) => isRead({ schema, name: table }))
    .map(({ schema, table, column }) => quote(schema, table, column))
    .sort(compareText)
  if (masked.length === 0) return
  const [what, verb] = masked.length === 1 ? ['column', 'is'] : ['columns', 'are']
  throw new SourceError(`cannot read the database: ${what} ${masked.join(', ')} ${verb} masked for this login`, {
    hint: 'Grant the login UNMASK on the database, or leave the tables out with --exclude.',
  })
}
