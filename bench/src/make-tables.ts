import { Connection } from 'tedious'
import { DATABASE, RESTORED } from './servers.ts'
import type { BenchTable } from './tables.ts'
import { connect, runBatch, tediousConfiguration } from './tedious-connection.ts'

/** So many rows are inserted by one statement. */
const STEP = 250_000

/** Makes the tables that are absent or have another number of rows, in a database of their own. */
export async function makeTables(tables: readonly BenchTable[], say: (line: string) => void): Promise<void> {
  const master = await connect(new Connection(tediousConfiguration('master')))
  for (const name of [DATABASE, RESTORED]) {
    const [found] = await runBatch(master, `select db_id('${name}')`)
    if (found?.[0] === null) await runBatch(master, `create database ${name}`)
  }
  master.close()
  const connection = await connect(new Connection(tediousConfiguration(DATABASE)))
  if ((await runBatch(connection, "select schema_id('bench')"))[0]?.[0] === null) {
    await runBatch(connection, 'create schema bench')
  }
  await makeNumbers(connection, Math.max(...tables.map((table) => table.rows)))
  for (const table of tables) {
    if (await isMade(connection, table)) continue
    say(`making bench.${table.name} with ${table.rows} rows`)
    await runBatch(connection, `drop table if exists bench.${table.name}`)
    await runBatch(connection, table.create)
    for (let first = 1; first <= table.rows; first += STEP) {
      const last = Math.min(first + STEP - 1, table.rows)
      await runBatch(connection, `declare @first int = ${first}, @last int = ${last};\n${table.insert}`)
    }
  }
  connection.close()
}

async function makeNumbers(connection: Connection, rows: number): Promise<void> {
  if (await isMade(connection, { name: 'numbers', rows })) return
  await runBatch(connection, 'drop table if exists bench.numbers')
  await runBatch(connection, 'create table bench.numbers (n int not null primary key)')
  await runBatch(connection, 'insert into bench.numbers values (1)')
  for (let n = 1; n < rows; n *= 2) {
    await runBatch(connection, `insert into bench.numbers select n + ${n} from bench.numbers where n + ${n} <= ${rows}`)
  }
}

async function isMade(
  connection: Connection,
  table: { readonly name: string; readonly rows: number },
): Promise<boolean> {
  const [found] = await runBatch(connection, `select object_id('bench.${table.name}')`)
  if (found?.[0] === null) return false
  const [count] = await runBatch(connection, `select count(*) from bench.${table.name}`)
  return count?.[0] === table.rows
}
