import type { Column, SchemaModel } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { columnKey } from './catalog/column-key.ts'
import { NO_COMMENTS } from './catalog/comments.ts'
import { readIdentityColumns } from './catalog/identity-columns.ts'
import { readSequences } from './catalog/sequences.ts'
import { quote } from './quote.ts'

interface IdentityNameRow {
  readonly tableId: number
  readonly columnId: number
  readonly schema: string
  readonly table: string
}

/** A table has at most one. */
const IDENTITY_NAMES = `
select c.object_id as [tableId], c.column_id as [columnId], cast(s.name as nvarchar(128)) as [schema],
  cast(t.name as nvarchar(128)) as [table]
from sys.columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id
where c.is_identity = 1`

/** The model with the last values of identities and sequences as they are now; everything else is as long as the catalog is the same. */
export async function refresh(catalog: Catalog, model: SchemaModel): Promise<SchemaModel> {
  const identities = await readLastIdentities(catalog)
  const sequences = new Map(
    (await readSequences(catalog, NO_COMMENTS)).map(({ schema, name, lastValue }) => [quote(schema, name), lastValue]),
  )
  return {
    ...model,
    sequences: model.sequences.map((sequence) => {
      const lastValue = sequences.get(quote(sequence.schema, sequence.name))
      return lastValue === undefined ? sequence : { ...sequence, lastValue }
    }),
    tables: model.tables.map((table) => {
      const lastValue = identities.get(quote(table.schema, table.name))
      if (lastValue === undefined) return table
      return { ...table, columns: table.columns.map((column) => withLastValue(column, lastValue)) }
    }),
  }
}

async function readLastIdentities(catalog: Catalog): Promise<ReadonlyMap<string, string | null>> {
  const identities = await readIdentityColumns(catalog)
  const names = await catalog.query<IdentityNameRow>(IDENTITY_NAMES)
  return new Map(names.map((row) => [quote(row.schema, row.table), identities.get(columnKey(row))?.lastValue ?? null]))
}

function withLastValue(column: Column, lastValue: string | null): Column {
  return column.identity === undefined ? column : { ...column, identity: { ...column.identity, lastValue } }
}
