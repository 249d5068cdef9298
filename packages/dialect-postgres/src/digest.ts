import type { PlannedColumn, PlannedTable, RowFacts } from '@albackup/core'
import type { ClientBase } from 'pg'
import { ownRows } from './ddl.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'
import { CopyOut } from './wire/copy-out.ts'
import { backupExpression, loadForm } from './wire/wire-form.ts'

/** Reads the whole table back in the form in which `bulkLoad` sends it. */
export async function digest(client: ClientBase, table: PlannedTable): Promise<RowFacts> {
  const name = quote(table.schema, table.name)
  const columns = table.columns.flatMap(selected)
  const statement = `copy (select ${columns.join(', ')} from ${ownRows(table, table.source.native)}) to stdout (format binary)`
  try {
    return await client.query(new CopyOut(statement)).facts()
  } catch (error) {
    throw targetError(error, `read table ${name} back`)
  }
}

function selected(planned: PlannedColumn): readonly string[] {
  const { source, name, type, companion, omitted } = planned
  if (omitted) return []
  const column = quote(name)
  if (loadForm(planned) === 'text') return [backupExpression(source, column)]
  // The output function of xml drops a line break at the beginning; serialised it is as it was stored.
  if (source.logical.kind === 'xml' && type !== 'text') return [`xmlserialize(content ${column} as text)`]
  return companion === undefined ? [column] : [column, quote(companion.name)]
}
