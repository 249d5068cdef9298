import type { PlannedColumn, PlannedTable } from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote } from './quote.ts'
import { loadForm } from './wire/wire-form.ts'

/**
 * Values of types that only PostgreSQL has (ranges, arrays, intervals, types of the user) are in the backup as their text, and a
 * binary COPY casts nothing. Tables with such columns are loaded in two steps: into a temporary table that holds them as text, then
 * from there with casts. The temporary table goes with the transaction.
 */
const STAGING = 'pg_temp.albackup_load'

export function needsStaging(table: PlannedTable): boolean {
  return table.columns.some((column) => loadForm(column) === 'text')
}

/** Makes the temporary table; returns the statement that fills it. */
export async function createStaging(client: ClientBase, { columns }: PlannedTable): Promise<string> {
  const definitions = columns.map((column, i) => `c${i} ${isCast(column) ? 'text' : column.type}`)
  await client.query(`create temporary table albackup_load (${definitions.join(', ')}) on commit drop`)
  return `copy ${STAGING} from stdin (format binary)`
}

/**
 * Returns how many rows the table took. A text may have a cast of its own to a type (to regclass, or one of the user), which is not
 * what reads the text of a value. From bpchar, which is the same bytes, there is none, and the type's input function does it.
 */
export async function moveStaged(client: ClientBase, { columns }: PlannedTable, name: string): Promise<number> {
  const names = columns.map((column) => quote(column.name))
  const values = columns.map((column, i) =>
    isCast(column) ? `c${i}::pg_catalog.bpchar${readAs(column)}::${column.type}` : `c${i}`,
  )
  // Identities keep the values of the source, also those that are always generated.
  const { rowCount } = await client.query(
    `insert into ${name} (${names.join(', ')}) overriding system value select ${values.join(', ')} from ${STAGING}`,
  )
  return rowCount ?? 0
}

/** Functions and operators that are written with what they take are read so, whatever the column's type is. */
function readAs({ source }: PlannedColumn): string {
  switch (source.native.facts?.output) {
    case 'pg_catalog.regprocedureout':
      return '::pg_catalog.regprocedure'
    case 'pg_catalog.regoperatorout':
      return '::pg_catalog.regoperator'
    default:
      return ''
  }
}

function isCast(column: PlannedColumn): boolean {
  return loadForm(column) === 'text'
}
