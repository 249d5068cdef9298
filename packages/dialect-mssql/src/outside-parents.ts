import { type ForeignKey, fullName, type RestorePlan } from '@albackup/core'
import { quote, quoteText } from './quote.ts'

type Parent = ForeignKey['references']
type RunQuery = <Row>(sql: string) => Promise<readonly Row[]>

/** The foreign keys' parents that are not of the plan: whether the target has them, with the columns referred to. */
export type IsThere = (parent: Parent) => boolean

/** Rows may be restored into tables whose parents are in the target, but not selected. */
export async function outsideParents(query: RunQuery, { tables }: RestorePlan): Promise<IsThere> {
  const own = new Set(tables.map(({ source }) => fullName(source)))
  const parents = tables.flatMap(({ source }) => source.foreignKeys.map(({ references }) => references))
  const found = new Set<Parent>()
  for (const parent of parents.filter((one) => !own.has(fullName(one)))) {
    if (await hasColumns(query, parent)) found.add(parent)
  }
  return (parent) => found.has(parent)
}

async function hasColumns(query: RunQuery, { schema, name, columns }: Parent): Promise<boolean> {
  const rows = await query<{ readonly columns: number }>(`select count(*) as [columns] from sys.columns
where object_id = object_id(${quoteText(quote(schema, name))}, N'U') and name in (${columns.map(quoteText).join(', ')})`)
  return rows[0]?.columns === columns.length
}
