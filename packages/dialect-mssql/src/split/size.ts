import { type Range, storedColumns, type Table } from '@albackup/core'
import type { Catalog } from '../catalog/catalog.ts'
import { readStatistics } from '../estimate.ts'
import { quote } from '../quote.ts'

/** About how much there is to read. */
export interface Size {
  readonly rows: number
  readonly bytes: number
}

/** From the server's statistics; counted where a condition makes them say nothing, measured where the server tells no bytes. */
export async function measure(catalog: Catalog, table: Table, within: Range | null): Promise<Size> {
  const [known] = await readStatistics(catalog, { tables: [table] })
  const all = known?.rows ?? 0
  const rows = within === null ? all : await countRows(catalog, table, within)
  if (rows === 0) return { rows, bytes: 0 }
  const rowBytes = known?.bytes && all > 0 ? known.bytes / all : await averageRow(catalog, table)
  return { rows, bytes: rows * rowBytes }
}

async function countRows({ query }: Catalog, { schema, name }: Table, within: Range): Promise<number> {
  const [row] = await query<{ readonly rows: string | number }>(
    `select count_big(*) as [rows] from ${quote(schema, name)} where ${within.predicate}`,
  )
  return Number(row?.rows ?? 0)
}

async function averageRow({ query }: Catalog, table: Table): Promise<number> {
  const lengths = storedColumns(table).map(({ name }) => `coalesce(datalength(${quote(name)}), 1)`)
  if (lengths.length === 0) return 0
  const [row] = await query<{ readonly bytes: number | null }>(
    `select avg(cast(s.bytes as float)) as [bytes]
from (select top (1000) cast(0 as bigint) + ${lengths.join(' + ')} as bytes from ${quote(table.schema, table.name)}) s`,
  )
  return row?.bytes ?? 0
}
