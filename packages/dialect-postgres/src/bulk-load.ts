import {
  DamagedBackupError,
  DataError,
  giveBackBlockMemory,
  InterruptedError,
  type LoadFacts,
  type LoadOptions,
  type Loss,
  type PlannedTable,
  type RowBytes,
  type RowFacts,
  TargetError,
  untilAborted,
} from '@albackup/core'
import type { ClientBase } from 'pg'
import { analyze } from './ddl.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'
import { createStaging, moveStaged, needsStaging } from './staging.ts'
import { CopyIn } from './wire/copy-in.ts'
import type { CopyWriter } from './wire/copy-writer.ts'
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
    await client.query(callsFunctions(table, options) ? `begin; ${OWN_SEARCH_PATH}` : 'begin')
    const staging = needsStaging(table) ? await createStaging(client, table) : undefined
    const anew = staging === undefined && !options.intoExisting && isOrdinary(table) && (await renewEmpty(client, name))
    const copy = client.query(new CopyIn(staging ?? copyStatement(table, name, anew)))
    const writer = encoder.writer(!options.withoutDigest)
    const sent = await sendRows(copy, encoder, writer, untilAborted(blocks, signal))
    const taken = await copy.end()
    if (taken !== sent.rows) throw rowsKeptOut(name, sent.rows, taken)
    if (staging !== undefined) {
      const moved = await moveStaged(client, table, name)
      if (moved !== sent.rows) throw rowsKeptOut(name, sent.rows, moved)
    }
    if (table.afterKeys) await client.query(analyze(table))
    if (options.refuseLoss && encoder.losses.length > 0) throw lossRefused(name, encoder.losses)
    await client.query('commit')
    encoder.giveBackMemory()
    return { ...sent, losses: encoder.losses }
  } catch (error) {
    // Should even this fail, the connection is closed on failure, which rolls back as well.
    await client.query('rollback').catch(() => undefined)
    throw loadError(error, name)
  }
}

/** That of the database and the user: the text of a function may leave names to it. */
const OWN_SEARCH_PATH = 'set local search_path to default'

/** Whether a row that comes in may have values computed, or checked by a domain, a check or a trigger. */
function callsFunctions(table: PlannedTable, { intoExisting = false }: LoadOptions): boolean {
  const { columns } = table.source
  const ofColumns = columns.some(({ computed, native }) => computed !== undefined || native.alias !== undefined)
  return intoExisting || ofColumns || needsStaging(table)
}

/** The facts of the rows as `bulkLoad` would send them; sends nothing. */
export async function expectedFacts(
  table: PlannedTable,
  blocks: AsyncIterable<RowBytes>,
  signal: AbortSignal,
): Promise<LoadFacts> {
  const name = quote(table.schema, table.name)
  const encoder = new RowEncoder(table, name)
  const writer = encoder.writer(true)
  try {
    for await (const block of untilAborted(blocks, signal)) {
      for (const message of encoder.encode(block, writer)) writer.recycle(message)
      giveBackBlockMemory(block.bytes)
    }
    encoder.giveBackMemory()
    return { ...writer.facts, losses: encoder.losses }
  } catch (error) {
    throw loadError(error, name)
  }
}

/** All messages but the end of the data. After a failure the server has been told to forget them. */
async function sendRows(
  copy: CopyIn,
  encoder: RowEncoder,
  writer: CopyWriter,
  blocks: AsyncIterable<RowBytes>,
): Promise<RowFacts> {
  const recycle = (message: Buffer) => writer.recycle(message)
  await copy.begin()
  try {
    for await (const block of blocks) {
      for (const message of encoder.encode(block, writer)) await copy.send(message, recycle)
      giveBackBlockMemory(block.bytes)
    }
    await copy.send(writer.takeLastMessage(), recycle)
    return writer.facts
  } catch (error) {
    await copy.fail('the rest of the rows did not come')
    throw error
  }
}

/** PostgreSQL truncates and freezes neither a table of partitions nor anything that is not a table. */
function isOrdinary({ source }: PlannedTable): boolean {
  return source.native?.partitionBy === undefined
}

/**
 * Gives an empty table new storage in this transaction; false when it has rows, which stay. The lock keeps it empty between the
 * two: nobody else's row is ever thrown away.
 */
async function renewEmpty(client: ClientBase, name: string): Promise<boolean> {
  await client.query(`lock table only ${name} in access exclusive mode`)
  const { rows } = await client.query<{ readonly empty: boolean }>(
    `select not exists (select from only ${name}) as empty`,
  )
  if (rows[0]?.empty !== true) return false
  await client.query(`truncate table only ${name}`)
  return true
}

/**
 * `anew`: the table got its storage in this transaction, which nobody else sees yet. Then its rows need no log where the server keeps
 * none for such, and are written as visible to all, so that the first reader does not write them again.
 */
function copyStatement(table: PlannedTable, name: string, anew: boolean): string {
  const columns = table.columns.flatMap(({ name, companion, omitted }) => {
    if (omitted) return []
    return companion === undefined ? [name] : [name, companion.name]
  })
  // A table of edges may have no columns of its own; COPY knows no empty list.
  const list = columns.length === 0 ? '' : ` (${columns.map((column) => quote(column)).join(', ')})`
  return `copy ${name}${list} from stdin (format binary${anew ? ', freeze' : ''})`
}

function rowsKeptOut(name: string, sent: number, taken: number): TargetError {
  return new TargetError(`cannot load table ${name}: ${sent} rows were sent and ${taken} taken`, {
    hint: 'A trigger or a rule on the table may have kept some out.',
  })
}

function lossRefused(name: string, losses: readonly Loss[]): DataError {
  const list = losses.map(({ column, kind, count }) => {
    return `${quote(column)} ${kind.replaceAll('-', ' ')} in ${count === 1 ? 'a value' : `${count} values`}`
  })
  return new DataError(`cannot load table ${name}: values would be altered: ${list.join(', ')}`, {
    hint: 'Nothing of this table was kept. Without --fail-on-loss such values are altered and reported.',
  })
}

function loadError(error: unknown, name: string): Error {
  if (error instanceof RangeError) {
    return new DamagedBackupError(`cannot load table ${name}: ${error.message}`, { cause: error })
  }
  if (error instanceof InterruptedError) {
    return new InterruptedError(`cannot load table ${name}: ${error.message}`, { cause: error })
  }
  return targetError(error, `load table ${name}`)
}
