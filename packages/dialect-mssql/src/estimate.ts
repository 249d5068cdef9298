import { type Column, type SchemaModel, storedColumns, type Table, type TableEstimate } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { quote } from './quote.ts'
import { isAboutStatement, isDenied, serverErrorOf } from './server-errors.ts'

/** What the server keeps for its own use. */
export interface Statistics {
  readonly rows: number
  /** null when the login may not see it. */
  readonly bytes: number | null
}

interface StatisticsRow {
  readonly schema: string
  readonly name: string
  readonly rows: string | number | null
  readonly bytes: string | number | null
}

type Tables = Pick<SchemaModel, 'tables'>

/** Needs VIEW DATABASE STATE. */
const FROM_PAGES = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  sum(p.row_count) as [rows], sum(p.used_page_count) * 8192 as [bytes]
from sys.dm_db_partition_stats p
join sys.tables t on t.object_id = p.object_id
join sys.schemas s on s.schema_id = t.schema_id
where p.index_id < 2
group by s.name, t.name`

const FROM_PARTITIONS = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  sum(p.rows) as [rows], null as [bytes]
from sys.partitions p
join sys.tables t on t.object_id = p.object_id
join sys.schemas s on s.schema_id = t.schema_id
where p.index_id < 2
group by s.name, t.name`

/** Rows and bytes of the model's tables, for order and progress; where the server tells no bytes they are guessed. */
export async function estimate(catalog: Catalog, model: Tables): Promise<readonly TableEstimate[]> {
  const known = await readStatistics(catalog, model)
  return model.tables.map((table, i) => {
    const { rows, bytes } = known[i]!
    return { schema: table.schema, name: table.name, rows, bytes: bytes ?? rows * guessRowBytes(table) }
  })
}

/** In the order of the model's tables. */
export async function readStatistics(catalog: Catalog, model: Tables): Promise<readonly Statistics[]> {
  const rows = await readRows(catalog)
  const known = new Map(rows.map((row) => [quote(row.schema, row.name), row]))
  const statistics = model.tables.map(({ schema, name }) => {
    const row = known.get(quote(schema, name))
    return { rows: Number(row?.rows ?? 0), bytes: row?.bytes === null || row === undefined ? null : Number(row.bytes) }
  })
  // Every table empty: either counting them costs nothing, or the server is a look-alike that keeps no statistics.
  return statistics.every((one) => one.rows === 0) ? countRows(catalog, model) : statistics
}

async function readRows({ query, views }: Catalog): Promise<readonly StatisticsRow[]> {
  if (!views.has('dm_db_partition_stats', 'row_count')) return query<StatisticsRow>(FROM_PARTITIONS)
  try {
    return await query<StatisticsRow>(FROM_PAGES)
  } catch (error) {
    // Without the permission the other view, which every login may read, must do.
    if (isDenied(error)) return query<StatisticsRow>(FROM_PARTITIONS)
    throw error
  }
}

async function countRows({ query }: Catalog, { tables }: Tables): Promise<readonly Statistics[]> {
  const counted: Statistics[] = []
  for (const { schema, name } of tables) {
    try {
      const [row] = await query<{ readonly rows: string | number }>(
        `select count_big(*) as [rows] from ${quote(schema, name)}`,
      )
      counted.push({ rows: Number(row?.rows ?? 0), bytes: null })
    } catch (error) {
      // That it cannot be read is said when it is read.
      if (!isAboutStatement(serverErrorOf(error))) throw error
      counted.push({ rows: 0, bytes: null })
    }
  }
  return counted
}

/** Bytes of a value whose type has no fixed length, or a long one. */
const TYPICAL_BYTES = 40

function guessRowBytes(table: Table): number {
  return storedColumns(table).reduce((sum, column) => sum + guessValueBytes(column), 0)
}

function guessValueBytes({ logical }: Column): number {
  switch (logical.kind) {
    case 'boolean':
      return 1
    case 'integer':
    case 'float':
      return logical.bits / 8
    case 'uuid':
      return 16
    case 'text':
    case 'binary':
      return logical.fixed && logical.length !== null
        ? logical.length
        : Math.min(logical.length ?? TYPICAL_BYTES, TYPICAL_BYTES)
    case 'xml':
    case 'json':
      return TYPICAL_BYTES
    default:
      return 8
  }
}
