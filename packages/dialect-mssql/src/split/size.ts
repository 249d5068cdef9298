import { type Range, storedColumns, type Table } from '@albackup/core'
import type { Catalog } from '../catalog/catalog.ts'
import { estimate } from '../estimate.ts'
import { quote } from '../quote.ts'

/** About how much there is to read. */
export interface Size {
  readonly rows: number
  readonly bytes: number
}

/** From the server's statistics; counted where there are none, and where a condition makes them say nothing. */
export async function measure(catalog: Catalog, table: Table, within: Range | null): Promise<Size> {
  const [known] = await estimate(catalog, { tables: [table] })
  const rows = known?.rows && within === null ? known.rows : await countRows(catalog, table, within)
  if (rows === 0) return { rows, bytes: 0 }
  const rowBytes = known?.rows && known.bytes ? known.bytes / known.rows : await averageRow(catalog, table)
  return { rows, bytes: rows * rowBytes }
}

async function countRows({ query }: Catalog, { schema, name }: Table, within: Range | null): Promise<number> {
  const where = within === null ? '' : ` where ${within.predicate}`
  const [row] = await query<{ readonly rows: string | number }>(
    `select count_big(*) as [rows] from ${quote(schema, name)}${where}`,
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
