import type { QualifiedName, ViewColumn } from '@albackup/core'
import type { ClientBase } from 'pg'
import { typeKey } from '../native-facts.ts'
import { withComparison } from './text-comparison.ts'
import type { Types } from './types.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

interface ViewColumnRow {
  readonly schema: string
  readonly view: string
  readonly name: string
  /** The oid of the type. */
  readonly type: string
  readonly modifier: number
  readonly deterministic: boolean
}

const VIEW_COLUMNS = `
  select n.nspname as schema, c.relname as view, a.attname as name, a.atttypid::text as type, a.atttypmod as modifier,
    coalesce((select co.collisdeterministic from pg_collation co where co.oid = a.attcollation), true) as deterministic
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where ${IN_USER_SCHEMA} and c.relkind in ('v', 'm') and ${inNoExtension('pg_class', 'c.oid')}
  order by c.oid, a.attnum`

/** The columns of each view, as the server worked them out when it was made. */
export async function readViewColumns(
  client: ClientBase,
  types: Types,
): Promise<(view: QualifiedName) => readonly ViewColumn[]> {
  const columns = new Map<string, ViewColumn[]>()
  for (const row of (await client.query<ViewColumnRow>(VIEW_COLUMNS)).rows) {
    const view = typeKey({ schema: row.schema, name: row.view })
    columns.set(view, [...(columns.get(view) ?? []), viewColumn(row, types)])
  }
  return (view) => columns.get(typeKey(view)) ?? []
}

/** Of a number without bounds, and of what is carried as a text, the query itself tells more. */
function viewColumn({ name, type, modifier, deterministic }: ViewColumnRow, types: Types): ViewColumn {
  const { logical, facts } = types.meaning(type, modifier)
  const isText = facts?.output !== undefined
  return isText ? { name } : { name, logical: withComparison(logical, types.base(type), deterministic) }
}
