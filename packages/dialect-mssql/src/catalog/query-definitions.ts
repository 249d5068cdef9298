import { DEADLOCK } from '../known-failures.ts'
import { isAboutStatement, serverErrorNumber, serverErrorOf } from '../server-errors.ts'
import type { Catalog } from './catalog.ts'

interface Defined {
  readonly definition: string | null
}

/** A query for rows with a definition, said by what is selected for it, of those for which a condition holds; none: of all. */
export type DefinitionsQuery = (definition: string, condition?: string) => string

/**
 * Rows with their definitions, expressions in a column of the catalog. Where the server cannot print one of them, each row is asked
 * for by itself, by the condition that is true of it alone, and a definition that cannot be printed is null.
 */
export async function queryDefinitions<Row extends Defined>(
  { query }: Catalog,
  column: string,
  sql: DefinitionsQuery,
  conditionOf: (row: Row) => string,
): Promise<readonly Row[]> {
  try {
    return await query<Row>(sql(column))
  } catch (error) {
    if (!isUnprintable(error)) throw error
  }
  const rows = await query<Row>(sql('cast(null as nvarchar(max)) as [definition]'))
  const told: Row[] = []
  for (const row of rows) told.push(await withDefinition(row, () => query<Row>(sql(column, conditionOf(row)))))
  return told
}

async function withDefinition<Row extends Defined>(row: Row, ask: () => Promise<readonly Row[]>): Promise<Row> {
  try {
    return (await ask())[0] ?? row
  } catch (error) {
    if (isUnprintable(error)) return row
    throw error
  }
}

/** The server refused the question itself. */
function isUnprintable(error: unknown): boolean {
  return isAboutStatement(serverErrorOf(error)) && serverErrorNumber(error) !== DEADLOCK
}
