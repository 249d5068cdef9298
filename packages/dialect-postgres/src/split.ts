import type { Range, Table } from '@albackup/core'
import type { ClientBase } from 'pg'
import { quote } from './quote.ts'

interface Size {
  readonly pages: string
  readonly bytes: string
}

/** Pages of the rows; bytes with what is stored apart from them (TOAST). */
const SIZE = `
  select (pg_relation_size(c.oid) / current_setting('block_size')::bigint)::text as pages, pg_table_size(c.oid)::text as bytes
  from pg_class c
  where c.oid = to_regclass($1) and c.relkind = 'r'`

/**
 * Ranges of pages: within a snapshot a row stays where it is. What is added to the end belongs to the last range, which is
 * open. A partitioned table has its rows in several files with equal page numbers, and cannot be split so.
 */
export async function split(
  client: ClientBase,
  table: Table,
  targetBytes: number,
  within: Range | null,
): Promise<readonly (Range | null)[]> {
  const { rows } = await client.query<Size>(SIZE, [quote(table.schema, table.name)])
  const pages = Number(rows[0]?.pages ?? 0)
  const count = Math.min(pages, Math.ceil(Number(rows[0]?.bytes ?? 0) / Math.max(1, targetBytes)))
  if (count < 2) return [within]
  return Array.from({ length: count }, (_, i) => {
    const begin = Math.floor((pages * i) / count)
    const end = i === count - 1 ? null : Math.floor((pages * (i + 1)) / count)
    return {
      predicate: [...(within === null ? [] : [`(${within.predicate})`]), pageCondition(begin, end)].join(' and '),
    }
  })
}

function pageCondition(begin: number, end: number | null): string {
  const from = `ctid >= '(${begin},0)'::pg_catalog.tid`
  return end === null ? from : `${from} and ctid < '(${end},0)'::pg_catalog.tid`
}
