import type { Schema } from '@albackup/core'
import type { ClientBase } from 'pg'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  readonly name: string
  readonly comment: string | null
}

const SCHEMAS = `
  select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment
  from pg_namespace n
  where ${IN_USER_SCHEMA}
  order by n.nspname collate "C"`

export async function readSchemas(client: ClientBase): Promise<readonly Schema[]> {
  const { rows } = await client.query<Row>(SCHEMAS)
  return rows.map(({ name, comment }) => ({ name, ...(comment === null ? {} : { comment }) }))
}
