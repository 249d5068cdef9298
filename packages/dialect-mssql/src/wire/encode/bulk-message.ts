import { CannotCarryError, type RowBytes } from '@albackup/core'
import { bulkDone, columnMetadata } from './column-metadata.ts'
import type { RowEncoder } from './row-encoder.ts'
import type { TargetColumn } from './target-column.ts'
import { TdsWriter } from './tds-writer.ts'

/** The whole message of a bulk load: the columns, the rows, and the end. */
export async function* bulkMessage(
  encoder: RowEncoder,
  blocks: AsyncIterable<RowBytes>,
  columns: readonly TargetColumn[],
): AsyncIterable<Buffer> {
  const writer = new TdsWriter(encoder.rowBound)
  yield columnMetadata(columns)
  try {
    for await (const block of blocks) yield* encoder.encode(block, writer)
  } catch (error) {
    throw inRow(encoder.facts.rows + 1, error)
  }
  if (writer.offset > 0) yield writer.take()
  yield bulkDone()
}

/** A value that cannot be carried, with the number of its row in the backup. */
function inRow(row: number, error: unknown): unknown {
  if (!(error instanceof CannotCarryError)) return error
  const { message, hint } = error
  return new CannotCarryError(`row ${row}: ${message}`, { cause: error, ...(hint !== undefined && { hint }) })
}
