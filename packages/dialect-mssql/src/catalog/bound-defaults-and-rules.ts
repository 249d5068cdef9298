import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byQualifiedName } from './lists.ts'
import { withTrueName } from './module-name.ts'
import { underSettings } from './set-options.ts'
import { unseenText } from './unseen-text.ts'

export interface BindableRow {
  readonly schema: string
  readonly name: string
  readonly kind: 'default' | 'rule'
  readonly definition: string | null
  readonly isEncrypted: boolean
  readonly ansiNullsOff: boolean
  readonly quotedIdentifierOff: boolean
}

/** Of CREATE DEFAULT and CREATE RULE; a default that is a constraint has the table as its parent. */
const BINDABLE = `
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  case rtrim(o.type) when 'D' then 'default' else 'rule' end as [kind], m.definition,
  cast(coalesce(objectproperty(o.object_id, 'IsEncrypted'), 0) as bit) as [isEncrypted],
  cast(case when m.uses_ansi_nulls = 0 then 1 else 0 end as bit) as [ansiNullsOff],
  cast(case when m.uses_quoted_identifier = 0 then 1 else 0 end as bit) as [quotedIdentifierOff]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id
where o.is_ms_shipped = 0 and o.parent_object_id = 0 and o.type in ('D', 'R')`

/** Legacy defaults and rules; the columns and types they are bound to name them by themselves. */
export async function readBoundDefaultsAndRules({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('sql_modules', 'uses_quoted_identifier')) return NOTHING
  const rows = byQualifiedName(await query<BindableRow>(BINDABLE))
  if (rows.length === 0) return NOTHING
  const seen = rows.flatMap(mapBindable)
  const unseen: readonly LeftBehind[] = rows.filter(({ definition }) => definition === null).map(unseenText)
  return { objects: seen, leftBehind: unseen }
}

export function mapBindable(row: BindableRow): readonly NativeObject[] {
  if (row.definition === null) return []
  const name = quote(row.schema, row.name)
  return [
    {
      kind: row.kind,
      name,
      statements: [underSettings(withTrueName(row.definition, row), row)],
      stage: 'before tables',
      drop: `drop ${row.kind} ${name}`,
    },
  ]
}
