import type { Column, Identity, SchemaModel } from '@albackup/core'
import type { Catalog } from './catalog.ts'

interface Row {
  readonly schema: string
  readonly table: string
  /** A sql_variant: a number, or text where a number cannot hold it. */
  readonly lastValue: unknown
}

const LAST_VALUES = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [table], c.last_value as [lastValue]
from sys.identity_columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id
where c.last_value is not null`

/**
 * The model with identities where they were set to go on: of one that has given out nothing since, some servers tell its seed, and
 * the catalog alone the value that it goes on with. Elsewhere both are the same.
 */
export async function withSetIdentities(model: SchemaModel, { query }: Pick<Catalog, 'query'>): Promise<SchemaModel> {
  if (!model.tables.some(({ columns }) => columns.some(isAtSeed))) return model
  const rows = await query<Row>(LAST_VALUES)
  const values = new Map(rows.map(({ schema, table, lastValue }) => [`${schema}\0${table}`, String(lastValue)]))
  const tables = model.tables.map((table) => {
    const value = values.get(`${table.schema}\0${table.name}`)
    return value === undefined ? table : { ...table, columns: table.columns.map((column) => moved(column, value)) }
  })
  return { ...model, tables }
}

function isAtSeed({ identity }: Column): boolean {
  return identity !== undefined && identity.lastValue === identity.seed
}

function moved(column: Column, value: string): Column {
  const { identity } = column
  if (identity === undefined || !isAtSeed(column) || !/^-?\d+$/.test(value)) return column
  return isFurther(identity, value) ? { ...column, identity: { ...identity, lastValue: value } } : column
}

function isFurther({ seed, increment }: Identity, value: string): boolean {
  return increment.startsWith('-') ? BigInt(value) < BigInt(seed) : BigInt(value) > BigInt(seed)
}
