import type { LeftBehind, Module } from '@albackup/core'
import { isDenied } from '../server-errors.ts'
import type { Catalog } from './catalog.ts'
import { type Dependency, dependencyOrder } from './dependency-order.ts'
import { byQualifiedName, nativeFacts } from './lists.ts'
import { mentionedModules } from './mentioned-modules.ts'
import { isRenamed } from './module-name.ts'
import { unseenText } from './unseen-text.ts'

export interface ModuleRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  /** Of sys.objects: V, P, FN, IF, TF, TR. */
  readonly type: string
  readonly definition: string | null
  readonly isEncrypted: boolean
  readonly onSchema: string | null
  readonly onName: string | null
  readonly usesAnsiNulls: boolean
  readonly usesQuotedIdentifier: boolean
  readonly isDisabled: boolean
  readonly isSchemaBound: boolean
  readonly isNative: boolean
}

const KINDS: Readonly<Record<string, Module['kind']>> = {
  V: 'view',
  P: 'procedure',
  FN: 'function',
  IF: 'function',
  TF: 'function',
  TR: 'trigger',
}

export interface Modules {
  /** Each after those it needs. */
  readonly modules: readonly Module[]
  /** Those whose text the server does not show, and why. */
  readonly leftBehind: readonly LeftBehind[]
}

/** Views, procedures, functions and triggers. */
export async function readModules(catalog: Catalog): Promise<Modules> {
  const { views, query } = catalog
  const flag = (column: string) => `cast(coalesce(${views.column('sql_modules', 'm', column, '0')}, 0) as bit)`
  const rows = await query<ModuleRow>(`
select o.object_id as [id], cast(s.name as nvarchar(128)) as [schema],
  cast(o.name as nvarchar(128)) as [name], rtrim(o.type) as [type], m.definition,
  cast(ps.name as nvarchar(128)) as [onSchema], cast(p.name as nvarchar(128)) as [onName], ${setOption(catalog, 'uses_ansi_nulls')} as [usesAnsiNulls],
  ${setOption(catalog, 'uses_quoted_identifier')} as [usesQuotedIdentifier],
  cast(coalesce(tr.is_disabled, 0) as bit) as [isDisabled], ${flag('is_schema_bound')} as [isSchemaBound],
  ${flag('uses_native_compilation')} as [isNative],
  cast(coalesce(objectproperty(o.object_id, 'IsEncrypted'), 0) as bit) as [isEncrypted]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id
left join sys.triggers tr on tr.object_id = o.object_id
left join sys.objects p on p.object_id = tr.parent_id
left join sys.schemas ps on ps.schema_id = p.schema_id
where o.is_ms_shipped = 0 and o.type in ('V', 'P', 'FN', 'IF', 'TF', 'TR')${withoutLedgerViews(catalog)}`)
  const told = views.has('sql_expression_dependencies', 'referenced_id') ? await readDependencies(catalog) : []
  const dependencies = told.length === 0 ? mentionedModules(rows) : told
  const sorted = [...byQualifiedName(rows)].sort((one, other) => rank(one) - rank(other))
  const unseen = sorted.filter(({ definition }) => definition === null)
  return {
    modules: dependencyOrder(sorted, dependencies).map(mapModule),
    leftBehind: unseen.map((row) => unseenText({ ...row, kind: KINDS[row.type]! })),
  }
}

const DEPENDENCIES = `
select distinct d.referencing_id as [from], d.referenced_id as [to]
from sys.sql_expression_dependencies d
where d.referenced_id is not null and d.referencing_id <> d.referenced_id`

/** Of all catalog views this one needs a SELECT of its own, which only db_owner has by itself. */
async function readDependencies({ query }: Catalog): Promise<readonly Dependency[]> {
  try {
    return await query<Dependency>(DEPENDENCIES)
  } catch (error) {
    if (isDenied(error)) return []
    throw error
  }
}

/** The server makes the view of a ledger with its table. */
function withoutLedgerViews({ views }: Catalog): string {
  if (!views.has('tables', 'ledger_view_id')) return ''
  return `
  and not exists (select 1 from sys.tables l where l.ledger_view_id = o.object_id)`
}

function setOption({ views }: Catalog, column: string): string {
  return `cast(coalesce(${views.column('sql_modules', 'm', column, '1')}, 1) as bit)`
}

/** Where nothing else is known: functions may stand in views, all of them in procedures and triggers. */
function rank({ type }: ModuleRow): number {
  return ['FN', 'TF', 'IF', 'V', 'P', 'TR'].indexOf(type)
}

export function mapModule(row: ModuleRow): Module {
  const { schema, name, definition, onSchema, onName } = row
  const on = onSchema === null || onName === null ? undefined : { schema: onSchema, name: onName }
  const ofTable = on !== undefined && { on }
  return {
    kind: KINDS[row.type]!,
    schema,
    name,
    definition,
    ...ofTable,
    ...nativeFacts({
      ansiNullsOff: !row.usesAnsiNulls,
      quotedIdentifierOff: !row.usesQuotedIdentifier,
      disabled: row.isDisabled,
      schemaBound: row.isSchemaBound,
      nativelyCompiled: row.isNative,
      renamed: definition !== null && isRenamed(definition, { schema, name, ...ofTable }),
    }),
  }
}
