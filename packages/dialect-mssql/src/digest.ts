import {
  addFacts,
  type Context,
  NO_ROWS,
  type PlannedTable,
  RowDigest,
  type RowFacts,
  type Table,
} from '@albackup/core'
import type { Database } from './connect.ts'
import { quote } from './quote.ts'
import { readRows } from './read-rows.ts'
import { targetError } from './server-errors.ts'
import { type ColumnPair, pairColumns } from './wire/encode/column-pair.ts'
import type { ReadingConnection } from './wire/reading-connection.ts'

/** Reads the whole table back: the facts of its rows in the form of those that `bulkLoad` gives. */
export async function digest(database: Database, table: PlannedTable, context: Context): Promise<RowFacts> {
  const name = quote(table.schema, table.name)
  try {
    return await database.withConnection(async (connection) => {
      const pairs = await pairColumns(table, connection, (sql) => database.queryOn(connection, sql))
      const compared = comparedTable(table, pairs)
      if (compared.columns.length === 0) return emptyRows(await countRows(database, connection, name))
      let facts = NO_ROWS
      for await (const block of readRows(connection, compared, null, context)) facts = addFacts(facts, block)
      return facts
    })
  } catch (error) {
    throw targetError(`cannot read table ${name} back`, error)
  }
}

/** The columns that are compared, with their names and types in the target. */
function comparedTable({ schema, name }: PlannedTable, pairs: readonly ColumnPair[]): Table {
  const columns = pairs
    .filter(({ isCompared }) => isCompared)
    .map(({ source, target }) => ({
      name: target.name,
      native: { declaration: target.declaration },
      logical: target.logical,
      nullable: source.nullable,
    }))
  return { schema, name, columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
}

async function countRows(database: Database, connection: ReadingConnection, name: string): Promise<number> {
  const [row] = await database.queryOn<{ readonly n: string }>(connection, `select count_big(*) as n from ${name}`)
  return Number(row!.n)
}

/** The facts of rows without any column. */
function emptyRows(rows: number): RowFacts {
  const digest = new RowDigest()
  const nothing = new DataView(new ArrayBuffer(0))
  for (let i = 0; i < rows; i++) digest.addRow(nothing, 0, 0)
  return { rows, digest: digest.digest }
}
