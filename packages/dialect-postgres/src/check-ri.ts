import {
  type PlannedTable,
  type RestorePlan,
  type RIViolation,
  type SchemaModel,
  fullName as sourceName,
} from '@albackup/core'
import type { ClientBase } from 'pg'
import { fullName, type TableName } from './ddl.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'

const MOST_SAMPLES = 10

/** One key without a parent, and how many rows have such keys altogether. */
interface Orphan {
  readonly rows: string
  readonly sample: string
}

/**
 * The table's foreign keys whose rows have no parent. A row with NULL in one of the key's columns needs none
 * (MATCH SIMPLE).
 */
export async function checkRI(
  client: ClientBase,
  table: PlannedTable,
  plan: RestorePlan,
): Promise<readonly RIViolation[]> {
  const violations: RIViolation[] = []
  for (const key of table.source.foreignKeys) {
    const parent = plan.tables.find(
      ({ source }) => source.schema === key.references.schema && source.name === key.references.name,
    )
    const columns = parent && pairedColumns(table, key.columns, parent, key.references.columns)
    if (parent === undefined || columns === undefined) continue
    const { rows, samples } = await countOrphans(client, table, parent, columns).catch((error: unknown) => {
      throw targetError(error, `check the foreign keys of ${fullName(table)}`)
    })
    if (rows > 0) violations.push({ table: sourceName(table.source), foreignKey: key.name, rows, samples })
  }
  return violations
}

/** The same for every foreign key of the model, where it was read from. */
export async function* checkModelRI(client: ClientBase, model: SchemaModel): AsyncIterable<RIViolation> {
  for (const table of model.tables) {
    for (const key of table.foreignKeys) {
      const columns = key.columns.map((name, i) => [quote(name), quote(key.references.columns[i]!)] as const)
      const { rows, samples } = await countOrphans(client, table, key.references, columns)
      if (rows > 0) yield { table: quote(table.schema, table.name), foreignKey: key.name, rows, samples }
    }
  }
}

/** Quoted names of child and parent columns; undefined when one of them is not in the target. */
function pairedColumns(
  child: PlannedTable,
  columns: readonly string[],
  parent: PlannedTable,
  referenced: readonly string[],
): readonly (readonly [string, string])[] | undefined {
  const nameIn = (table: PlannedTable, name: string) => table.columns.find(({ source }) => source.name === name)?.name
  const pairs: (readonly [string, string])[] = []
  for (const [i, column] of columns.entries()) {
    const childName = nameIn(child, column)
    const parentName = nameIn(parent, referenced[i]!)
    if (childName === undefined || parentName === undefined) return undefined
    pairs.push([quote(childName), quote(parentName)])
  }
  return pairs
}

async function countOrphans(
  client: ClientBase,
  child: TableName,
  parent: TableName,
  columns: readonly (readonly [string, string])[],
): Promise<{ readonly rows: number; readonly samples: readonly string[] }> {
  const keyColumns = columns.map(([name]) => `child.${name}`)
  const keys = columns.map((_, i) => `key_${i}`)
  const orphans = `
    select ${keyColumns.map((column, i) => `${column} as key_${i}`).join(', ')}, count(*) as orphans
    from ${fullName(child)} as child
    where ${keyColumns.map((column) => `${column} is not null`).join(' and ')}
      and not exists (select from ${fullName(parent)} as parent
        where ${columns.map(([name, other]) => `parent.${other} = child.${name}`).join(' and ')})
    group by ${keyColumns.join(', ')}`
  const sql = `
    select (sum(orphans) over ())::text as rows, concat_ws(', ', ${keys.join(', ')}) as sample
    from (${orphans}) as keys order by ${keys.join(', ')} limit ${MOST_SAMPLES}`
  const { rows } = await client.query<Orphan>(sql)
  return { rows: Number(rows[0]?.rows ?? 0), samples: rows.map(({ sample }) => sample) }
}
