import type { Module } from '@albackup/core'
import { isDenied } from '../server-errors.ts'
import type { Catalog } from './catalog.ts'
import { dependencyOrder } from './dependency-order.ts'
import { byQualifiedName, nativeFacts } from './lists.ts'

export interface ModuleRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  /** Of sys.objects: V, P, FN, IF, TF, TR. */
  readonly type: string
  readonly definition: string | null
  readonly onSchema: string | null
  readonly onName: string | null
  readonly usesAnsiNulls: boolean
  readonly usesQuotedIdentifier: boolean
  readonly isDisabled: boolean
}

export interface DependencyRow {
  readonly from: number
  readonly to: number
}

const KINDS: Readonly<Record<string, Module['kind']>> = {
  V: 'view',
  P: 'procedure',
  FN: 'function',
  IF: 'function',
  TF: 'function',
  TR: 'trigger',
}

/** Views, procedures, functions and triggers, each after those it needs. */
export async function readModules(catalog: Catalog): Promise<readonly Module[]> {
  const { views, query } = catalog
  const rows = await query<ModuleRow>(`
select o.object_id as [id], cast(s.name as nvarchar(128)) as [schema],
  cast(o.name as nvarchar(128)) as [name], rtrim(o.type) as [type], m.definition,
  cast(ps.name as nvarchar(128)) as [onSchema], cast(p.name as nvarchar(128)) as [onName], ${setOption(catalog, 'uses_ansi_nulls')} as [usesAnsiNulls],
  ${setOption(catalog, 'uses_quoted_identifier')} as [usesQuotedIdentifier],
  cast(coalesce(tr.is_disabled, 0) as bit) as [isDisabled]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id
left join sys.triggers tr on tr.object_id = o.object_id
left join sys.objects p on p.object_id = tr.parent_id
left join sys.schemas ps on ps.schema_id = p.schema_id
where o.is_ms_shipped = 0 and o.type in ('V', 'P', 'FN', 'IF', 'TF', 'TR')`)
  const dependencies = views.has('sql_expression_dependencies', 'referenced_id') ? await readDependencies(catalog) : []
  const sorted = [...byQualifiedName(rows)].sort((one, other) => rank(one) - rank(other))
  return dependencyOrder(sorted, dependencies).map(mapModule)
}

const DEPENDENCIES = `
select distinct d.referencing_id as [from], d.referenced_id as [to]
from sys.sql_expression_dependencies d
where d.referenced_id is not null and d.referencing_id <> d.referenced_id`

/** Of all catalog views this one needs a SELECT of its own, which only db_owner has by itself. */
async function readDependencies({ query }: Catalog): Promise<readonly DependencyRow[]> {
  try {
    return await query<DependencyRow>(DEPENDENCIES)
  } catch (error) {
    if (isDenied(error)) return []
    throw error
  }
}

function setOption({ views }: Catalog, column: string): string {
  return `cast(coalesce(${views.column('sql_modules', 'm', column, '1')}, 1) as bit)`
}

/** Where nothing is known of dependencies: functions may stand in views, all of them in procedures and triggers. */
function rank({ type }: ModuleRow): number {
  return ['FN', 'TF', 'IF', 'V', 'P', 'TR'].indexOf(type)
}

export function mapModule(row: ModuleRow): Module {
  const { onSchema, onName } = row
  return {
    kind: KINDS[row.type]!,
    schema: row.schema,
    name: row.name,
    definition: row.definition,
    ...(onSchema !== null && onName !== null && { on: { schema: onSchema, name: onName } }),
    ...nativeFacts({
      ansiNullsOff: !row.usesAnsiNulls,
      quotedIdentifierOff: !row.usesQuotedIdentifier,
      disabled: row.isDisabled,
    }),
  }
}
