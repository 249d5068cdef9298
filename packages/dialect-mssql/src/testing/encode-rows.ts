import { type Cell, type Column, encodeRows, type LoadFacts, type RowBytes } from '@albackup/core'
import { DEFAULT_POLICY } from '../policy.ts'
import type { ColumnPair } from '../wire/encode/column-pair.ts'
import type { LossPolicy } from '../wire/encode/loss-ledger.ts'
import { RowEncoder } from '../wire/encode/row-encoder.ts'
import { TdsWriter } from '../wire/encode/tds-writer.ts'

/** The ROW tokens of rows, and the facts of the load. */
export interface EncodedRows extends LoadFacts {
  readonly tokens: Buffer
  /** How many pieces they were sent in. */
  readonly pieces: number
}

/** The rows as they would be sent to the columns of the pairs. */
export async function encodeForTarget(
  pairs: readonly ColumnPair[],
  rows: readonly (readonly Cell[])[],
  policy: LossPolicy = DEFAULT_POLICY,
): Promise<EncodedRows> {
  const encoder = new RowEncoder(pairs, policy)
  const writer = new TdsWriter(encoder.rowBound)
  const pieces: Buffer[] = []
  for await (const block of avroRows(
    pairs.map(({ source }) => source),
    rows,
  ))
    pieces.push(...encoder.encode(block, writer))
  pieces.push(writer.take())
  return { tokens: Buffer.concat(pieces), pieces: pieces.length, ...encoder.facts, losses: encoder.losses }
}

/** Rows of cells as blocks of the columns. */
export function avroRows(columns: readonly Column[], rows: readonly (readonly Cell[])[]): AsyncIterable<RowBytes> {
  const table = { schema: 'dbo', name: 'T', columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
  return encodeRows(table, rows)
}
