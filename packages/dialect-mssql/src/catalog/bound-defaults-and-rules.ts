import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
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

export interface BindingRow {
  readonly kind: 'default' | 'rule'
  readonly schema: string
  readonly name: string
  readonly typeSchema: string
  readonly typeName: string
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

function bindings(kind: 'default' | 'rule'): string {
  return `
select '${kind}' as [kind], cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  cast(ts.name as nvarchar(128)) as [typeSchema], cast(t.name as nvarchar(128)) as [typeName]
from sys.types t
join sys.schemas ts on ts.schema_id = t.schema_id
join sys.objects o on o.object_id = t.${kind}_object_id
join sys.schemas s on s.schema_id = o.schema_id
where t.is_user_defined = 1`
}

/** Legacy defaults and rules, and what binds them to alias types; bound columns name them by themselves. */
export async function readBoundDefaultsAndRules({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('sql_modules', 'uses_quoted_identifier')) return NOTHING
  const rows = byQualifiedName(await query<BindableRow>(BINDABLE))
  if (rows.length === 0) return NOTHING
  const seen = rows.flatMap(mapBindable)
  const unseen: readonly LeftBehind[] = rows.filter(({ definition }) => definition === null).map(unseenText)
  const bound = [...(await query<BindingRow>(bindings('default'))), ...(await query<BindingRow>(bindings('rule')))]
  return { objects: [...seen, ...bound.map(mapBinding)], leftBehind: unseen }
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

/** Goes with the type. */
export function mapBinding(row: BindingRow): NativeObject {
  const bindable = quote(row.schema, row.name)
  const type = quote(row.typeSchema, row.typeName)
  const [procedure, parameter] = row.kind === 'default' ? ['sp_bindefault', 'defname'] : ['sp_bindrule', 'rulename']
  return {
    kind: `bound ${row.kind}`,
    name: `${bindable} of type ${type}`,
    statements: [`exec sys.${procedure} @${parameter} = ${quoteText(bindable)}, @objname = ${quoteText(type)}`],
    stage: 'before tables',
  }
}
