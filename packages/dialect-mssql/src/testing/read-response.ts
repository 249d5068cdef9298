import { AvroWriter, type Cell, type Column, decodeRows, type LogicalType, type RowBlock } from '@albackup/core'
import { ResponseReader } from '../wire/response-reader.ts'

/** A column of a table to be read. */
export function column(name: string, logical: LogicalType, nullable = true): Column {
  return { name, native: { declaration: logical.kind }, logical, nullable }
}

/** The rows that a response gives, when its bytes come in these payloads. Throws what reading throws. */
export async function readResponse(columns: readonly Column[], payloads: Iterable<Uint8Array>): Promise<Cell[][]> {
  const blocks: RowBlock[] = []
  const reader = new ResponseReader(columns, new AvroWriter(), (block) => blocks.push(block))
  for (const payload of payloads) reader.push(payload)
  reader.end()
  const table = { schema: 'dbo', name: 'T', columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
  const rows: Cell[][] = []
  for await (const row of decodeRows(table, blocks)) rows.push(row)
  return rows
}
