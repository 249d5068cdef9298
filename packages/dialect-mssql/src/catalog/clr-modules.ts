import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { type ClrParameterRow, readClrColumns, readClrParameters } from './clr-parameters.ts'
import { declaredType } from './declared-type.ts'
import { type ByParent, byQualifiedName } from './lists.ts'

export interface ClrModuleRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  /** Of sys.objects: PC procedure, FS scalar function, FT table function, AF aggregate, TA trigger. */
  readonly type: string
  readonly assembly: string
  readonly class: string
  /** null for an aggregate. */
  readonly method: string | null
  readonly nullOnNullInput: boolean
  /** OWNER, or the name of a user in quotes; null: the caller. */
  readonly executeAs: string | null
  /** Of a trigger. */
  readonly onSchema: string | null
  readonly onName: string | null
  readonly isOnTable: boolean
  readonly isInsteadOf: boolean
  readonly isDisabled: boolean
  /** `INSERT, UPDATE`. */
  readonly events: string | null
}

const CLR_MODULES = `
select o.object_id as [id], cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  rtrim(o.type) as [type], cast(a.name as nvarchar(128)) as [assembly], cast(m.assembly_class as nvarchar(128)) as [class],
  cast(m.assembly_method as nvarchar(128)) as [method], cast(coalesce(m.null_on_null_input, 0) as bit) as [nullOnNullInput],
  case m.execute_as_principal_id when -2 then 'owner' else quotename(x.name, '''') end as [executeAs],
  cast(ps.name as nvarchar(128)) as [onSchema], cast(p.name as nvarchar(128)) as [onName],
  cast(case p.type when 'U' then 1 else 0 end as bit) as [isOnTable],
  cast(coalesce(t.is_instead_of_trigger, 0) as bit) as [isInsteadOf], cast(coalesce(t.is_disabled, 0) as bit) as [isDisabled],
  stuff((select ', ' + e.type_desc from sys.trigger_events e where e.object_id = o.object_id for xml path('')), 1, 2, '') as [events]
from sys.assembly_modules m
join sys.objects o on o.object_id = m.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.assemblies a on a.assembly_id = m.assembly_id
left join sys.database_principals x on x.principal_id = m.execute_as_principal_id
left join sys.triggers t on t.object_id = o.object_id
left join sys.objects p on p.object_id = t.parent_id
left join sys.schemas ps on ps.schema_id = p.schema_id
where o.is_ms_shipped = 0`

/** Procedures, functions, aggregates and triggers whose code is in an assembly. */
export async function readClrModules(catalog: Catalog): Promise<Carried> {
  const { views } = catalog
  if (!views.has('assembly_modules', 'assembly_method') || !views.has('assemblies', 'name')) return NOTHING
  const rows = byQualifiedName(await catalog.query<ClrModuleRow>(CLR_MODULES))
  if (rows.length === 0) return NOTHING
  const parameters = await readClrParameters(catalog)
  const columns = await readClrColumns(catalog)
  return allCarried(rows.map((row) => mapClrModule(row, parameters, columns)))
}

export function mapClrModule(
  row: ClrModuleRow,
  parameters: ByParent<ClrParameterRow>,
  columns: ByParent<ClrParameterRow>,
): NativeObject {
  const name = quote(row.schema, row.name)
  const kind = KINDS[row.type] ?? 'procedure'
  const external = row.method === null ? [row.assembly, row.class] : [row.assembly, row.class, row.method]
  const head = moduleHead(row, parameters.get(row.id) ?? [], columns.get(row.id) ?? [])
  const as = row.type === 'AF' ? '' : 'as '
  const on = row.onSchema === null || row.onName === null ? undefined : { schema: row.onSchema, name: row.onName }
  return {
    kind: `CLR ${kind}`,
    name,
    statements: [
      `create ${kind} ${name}${head}\n${as}external name ${quote(...external)}`,
      ...(row.isDisabled && on !== undefined ? [`disable trigger ${name} on ${quote(on.schema, on.name)}`] : []),
    ],
    stage: row.type === 'TA' ? 'after modules' : 'before tables',
    drop: `drop ${kind} ${name}`,
    ...(on !== undefined && row.isOnTable && { table: on }),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  PC: 'procedure',
  FS: 'function',
  FT: 'function',
  AF: 'aggregate',
  TA: 'trigger',
}

/** What stands between the name and the code. */
function moduleHead(
  row: ClrModuleRow,
  parameters: readonly ClrParameterRow[],
  columns: readonly ClrParameterRow[],
): string {
  const inputs = parameters.filter(({ ordinal }) => ordinal > 0).map((parameter) => declare(parameter, row))
  const result = parameters.find(({ ordinal }) => ordinal === 0)
  const returned = result === undefined ? '' : declaredType(result, describe(row))
  switch (row.type) {
    case 'TA':
      return ` on ${quote(row.onSchema!, row.onName!)}${withOptions(row)} ${row.isInsteadOf ? 'instead of' : 'after'} ${row.events?.toLowerCase()}`
    case 'PC':
      return `${inputs.length === 0 ? '' : ` ${inputs.join(', ')}`}${withOptions(row)}`
    case 'FT':
      return ` (${inputs.join(', ')}) returns table (${columns.map((column) => declare(column, row)).join(', ')})${withOptions(row)}`
    case 'AF':
      return ` (${inputs.join(', ')}) returns ${returned}`
    default:
      return ` (${inputs.join(', ')}) returns ${returned}${withOptions(row)}`
  }
}

function withOptions({ type, nullOnNullInput, executeAs }: ClrModuleRow): string {
  const options = [
    ...(type === 'FS' && nullOnNullInput ? ['returns null on null input'] : []),
    ...(executeAs === null ? [] : [`execute as ${executeAs}`]),
  ]
  return options.length === 0 ? '' : ` with ${options.join(', ')}`
}

/** A parameter begins with `@`; what does not is a column of the result. */
function declare(parameter: ClrParameterRow, row: ClrModuleRow): string {
  const name = parameter.name.startsWith('@') ? parameter.name : quote(parameter.name)
  const initial = parameter.default === null ? '' : ` = ${parameter.default}`
  return `${name} ${declaredType(parameter, describe(row))}${initial}${parameter.isOutput ? ' output' : ''}`
}

function describe({ schema, name }: ClrModuleRow): string {
  return `module ${quote(schema, name)}`
}
