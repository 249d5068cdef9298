import {
  DamagedBackupError,
  DataError,
  type LoadFacts,
  type LoadOptions,
  type Loss,
  type PlannedTable,
  type RowBytes,
  type RowFacts,
  TargetError,
} from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'
import { untilAborted } from './until-aborted.ts'
import { CopyIn } from './wire/copy-in.ts'
import { CopyWriter } from './wire/copy-writer.ts'
import { RowEncoder } from './wire/row-encoder.ts'

/** All rows in one transaction, or none. The facts are those of the rows of the binary COPY as sent. */
export async function bulkLoad(
  client: ClientBase,
  table: PlannedTable,
  blocks: AsyncIterable<RowBytes>,
  options: LoadOptions,
  signal: AbortSignal,
): Promise<LoadFacts> {
  const name = quote(table.schema, table.name)
  const encoder = new RowEncoder(table, name)
  try {
    await client.query('begin')
    const sent = await copyRows(client, copyStatement(table, name), encoder, blocks, signal, () => {
      if (options.refuseLoss && encoder.losses.length > 0) throw lossRefused(name, encoder.losses)
    })
    await client.query('commit')
    return { ...sent, losses: encoder.losses }
  } catch (error) {
    // Should even this fail, the connection is closed on failure, which rolls back as well.
    await client.query('rollback').catch(() => undefined)
    throw loadError(error, name)
  }
}

/** `check` is called when all rows are encoded and the server has not yet been told so. */
async function copyRows(
  client: ClientBase,
  statement: string,
  encoder: RowEncoder,
  blocks: AsyncIterable<RowBytes>,
  signal: AbortSignal,
  check: () => void,
): Promise<RowFacts> {
  const writer = new CopyWriter(encoder.rowBound)
  const recycle = (message: Buffer) => writer.recycle(message)
  const copy = client.query(new CopyIn(statement))
  await copy.begin()
  try {
    for await (const block of untilAborted(blocks, signal)) {
      for (const message of encoder.encode(block, writer)) await copy.send(message, recycle)
    }
    check()
    await copy.send(writer.takeLastMessage(), recycle)
  } catch (error) {
    await copy.fail('the rest of the rows did not come')
    throw error
  }
  const taken = await copy.end()
  const sent = writer.facts
  if (taken === sent.rows) return sent
  throw new TargetError(`${sent.rows} rows were sent and ${taken} taken`, {
    hint: 'A trigger or a rule on the table may have kept some out.',
  })
}

function copyStatement(table: PlannedTable, name: string): string {
  const columns = table.columns.flatMap((column) =>
    column.companion === undefined ? [column.name] : [column.name, column.companion.name],
  )
  return `copy ${name} (${columns.map((column) => quote(column)).join(', ')}) from stdin (format binary)`
}

function lossRefused(name: string, losses: readonly Loss[]): DataError {
  const list = losses.map(({ column, kind, count }) => `"${column}" ${kind.replace('-', ' ')} ${count} times`)
  return new DataError(`cannot load table ${name}: values would be altered: ${list.join(', ')}`, {
    hint: 'Nothing of this table was kept. Without --fail-on-loss such values are altered and reported.',
  })
}

function loadError(error: unknown, name: string): Error {
  if (error instanceof RangeError) {
    return new DamagedBackupError(`cannot load table ${name}: ${error.message}`, { cause: error })
  }
  return targetError(error, `load table ${name}`)
}
