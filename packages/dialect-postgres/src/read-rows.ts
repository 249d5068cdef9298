import { InterruptedError, type Range, type RowBlock, storedColumns, type Table } from '@albackup/core'
import { fullName, ownRows } from './ddl.ts'
import type { HeldConnection } from './held-connection.ts'
import { quote } from './quote.ts'
import { sourceError } from './server-errors.ts'
import { rowsOnStandby } from './standby-rows.ts'
import { CopyRows } from './wire/copy-rows.ts'
import { backupExpression } from './wire/wire-form.ts'

/** The encoding of a database whose texts are whatever bytes came in: the server would refuse to send those that are not UTF-8. */
const NO_ENCODING = 'SQL_ASCII'

/** Reads the rows of a table that the server has. Whoever leaves early cancels the query, and the connection can be used again. */
export async function* readRows(
  connection: HeldConnection,
  table: Table,
  range: Range | null,
  signal: AbortSignal,
  debug: (message: string) => void,
): AsyncIterable<RowBlock> {
  const { encoding, standby } = connection.server
  try {
    const from = standby ? await connection.use((client) => rowsOnStandby(client, table)) : ownRows(table, table.native)
    if (from === undefined) return
    const sql = copyStatement(table, range, from)
    const texts = encoding === NO_ENCODING ? 'bytes' : 'utf-8'
    yield* connection.stream(async function* (client) {
      debug(sql)
      if (texts === 'bytes') await client.query(`set client_encoding = '${NO_ENCODING}'`)
      const copy = new CopyRows(sql, storedColumns(table), texts)
      const abort = () => copy.discard(new InterruptedError('the job was stopped'))
      signal.addEventListener('abort', abort, { once: true })
      client.query(copy)
      try {
        for (let block = await copy.take(); block !== undefined; block = await copy.take()) yield block
      } finally {
        signal.removeEventListener('abort', abort)
        await endCopy(copy, connection)
        // In a transaction that has failed it cannot be said, and comes back with what is rolled back.
        if (texts === 'bytes') await client.query(`set client_encoding = 'UTF8'`).catch(() => undefined)
      }
    })
  } catch (error) {
    throw sourceError(error, `read table ${quote(table.schema, table.name)}`)
  }
}

async function endCopy(copy: CopyRows, connection: HeldConnection): Promise<void> {
  if (copy.hasEnded) return
  copy.discard(new InterruptedError('the rows are not wanted any more'))
  await connection.cancel()
  await copy.ended
}

/** `from`: what stands behind FROM for the rows of the table. To name the table itself costs the server less than a query over it. */
function copyStatement(table: Table, range: Range | null, from: string): string {
  const columns = storedColumns(table)
  const names = columns.map(({ name }) => quote(name))
  const values = columns.map((column, i) => backupExpression(column, names[i]!))
  const plain = values.length > 0 && values.every((value, i) => value === names[i])
  if (plain && range === null && from === `only ${fullName(table)}`) {
    return `copy ${fullName(table)} (${names.join(', ')}) to stdout (format binary)`
  }
  const where = range === null ? '' : ` where ${range.predicate}`
  return `copy (select ${values.join(', ')} from ${from}${where}) to stdout (format binary)`
}
