import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA } from './user-schemas.ts'

export interface TableRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly comment: string | null
}

/** Partitions are part of their table. */
const TABLES = `
  select c.oid::text as oid, n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and not c.relispartition
  order by n.nspname collate "C", c.relname collate "C"`

export async function readTables(client: ClientBase): Promise<readonly TableRow[]> {
  return (await client.query<TableRow>(TABLES)).rows
}
