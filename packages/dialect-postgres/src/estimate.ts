import type { SchemaModel, TableEstimate } from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote } from './quote.ts'

interface Row {
  readonly schema: string
  readonly name: string
  readonly rows: string
  readonly bytes: string
}

/** A row of unknown length, for the order of tables only. */
const BYTES_PER_ROW = 100

/** Of a partitioned table: its partitions together. A table that was never analysed has -1 tuples. */
const ESTIMATES = `
  select n.nspname as schema, c.relname as name, sum(pg_table_size(part.oid))::text as bytes,
    sum(case when part.reltuples < 0 then pg_table_size(part.oid) / ${BYTES_PER_ROW} else part.reltuples end)::bigint::text as rows
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    select p.oid, p.reltuples from pg_class p where p.oid = c.oid and c.relkind = 'r'
    union all
    select p.oid, p.reltuples from pg_partition_tree(c.oid) tree join pg_class p on p.oid = tree.relid
    where tree.isleaf and c.relkind = 'p') as part
  where c.relkind in ('r', 'p') and not c.relispartition
  group by n.nspname, c.relname`

/** Rows and bytes of the model's tables as the server keeps them for its own use; nothing is counted. */
export async function estimate(client: ClientBase, model: SchemaModel): Promise<readonly TableEstimate[]> {
  const { rows } = await client.query<Row>(ESTIMATES)
  const known = new Map(rows.map((row) => [quote(row.schema, row.name), row]))
  return model.tables.map(({ schema, name }) => {
    const row = known.get(quote(schema, name))
    return { schema, name, rows: Number(row?.rows ?? 0), bytes: Number(row?.bytes ?? 0) }
  })
}
