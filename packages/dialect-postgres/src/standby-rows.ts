import type { SchemaModel, Table } from '@albackup/core'
import type { ClientBase } from 'pg'
import { fullName, ownRows } from './ddl.ts'
import { partitionFacts } from './native-facts.ts'
import { quote } from './quote.ts'

/** A standby has no rows of what is unlogged, tables or partitions, and fails when they are asked for. They are left behind by name. */

const LOGGED_PARTITIONS = `
  select tree.relid::regclass::text as name
  from pg_partition_tree(to_regclass($1)) tree
  join pg_class c on c.oid = tree.relid
  where tree.isleaf and c.relpersistence <> 'u'
  order by 1`

/** What stands behind FROM for the rows of the table that a standby has; undefined when it has none. */
export async function rowsOnStandby(client: ClientBase, table: Table): Promise<string | undefined> {
  if (table.native?.unlogged === true) return undefined
  if (!hasUnloggedPartition(table)) return ownRows(table, table.native)
  const { rows } = await client.query<{ readonly name: string }>(LOGGED_PARTITIONS, [fullName(table)])
  const columns = table.columns.map(({ name }) => quote(name)).join(', ')
  const parts = rows.map(({ name }) => `select ${columns} from only ${name}`)
  return parts.length === 0 ? undefined : `(${parts.join(' union all ')}) as ${quote(table.name)}`
}

/** The model without the tables whose rows a standby does not have, or not all of them. */
export function wholeOnStandby(model: SchemaModel): SchemaModel {
  const isWhole = (table: Table) => table.native?.unlogged !== true && !hasUnloggedPartition(table)
  return { ...model, tables: model.tables.filter(isWhole) }
}

function hasUnloggedPartition({ native }: Table): boolean {
  return partitionFacts(native).some(({ statements }) => statements[0]?.startsWith('create unlogged ') === true)
}
