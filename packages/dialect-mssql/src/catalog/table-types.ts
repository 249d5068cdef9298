import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { collateClause, declaredType } from './declared-type.ts'
import { type ByParent, byQualifiedName } from './lists.ts'
import { readTableTypeColumns, type TableTypeColumnRow } from './table-type-columns.ts'
import { readTableTypeKeys, type TableTypeCheckRow, type TableTypeKeyRow } from './table-type-keys.ts'

export interface TableTypeRow {
  /** Of the table underneath. */
  readonly id: number
  readonly schema: string
  readonly name: string
  readonly isMemoryOptimized: boolean
}

/** What belongs to table types, by the id of the table underneath. */
export interface TableTypeParts {
  readonly columns: ByParent<TableTypeColumnRow>
  readonly keys: ByParent<TableTypeKeyRow>
  readonly checks: ByParent<TableTypeCheckRow>
}

export async function readTableTypes(catalog: Catalog): Promise<Carried> {
  const { query, views } = catalog
  if (!views.has('table_types', 'type_table_object_id')) return NOTHING
  const found = byQualifiedName(
    await query<TableTypeRow>(`
select t.type_table_object_id as [id], cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  ${views.flag('table_types', 't', 'is_memory_optimized')} as [isMemoryOptimized]
from sys.table_types t join sys.schemas s on s.schema_id = t.schema_id
where t.is_user_defined = 1`),
  )
  const rows = found.some(isNamedAsVariable) ? await withoutResults(found, query) : found
  if (rows.length === 0) return NOTHING
  const parts = { columns: await readTableTypeColumns(catalog), ...(await readTableTypeKeys(catalog)) }
  const isWhole = ({ id }: TableTypeRow) =>
    (parts.columns.get(id) ?? []).every(isPrintable) &&
    (parts.checks.get(id) ?? []).every(({ definition }) => definition !== null)
  const reason = 'the server does not tell all of its definitions'
  return {
    objects: rows.filter(isWhole).map((row) => mapTableType(row, parts)),
    leftBehind: rows
      .filter((row) => !isWhole(row))
      .map(({ schema, name }) => ({ kind: 'table type', name: quote(schema, name), reason })),
  }
}

interface FunctionRow {
  readonly schema: string
  readonly name: string
}

function isNamedAsVariable({ name }: TableTypeRow): boolean {
  return name.startsWith('@')
}

/**
 * Some servers list what a multi-statement function (to them a scalar one) returns as a table type `@variable_function`: that comes
 * with the function.
 */
async function withoutResults(
  types: readonly TableTypeRow[],
  query: Catalog['query'],
): Promise<readonly TableTypeRow[]> {
  const functions = await query<FunctionRow>(`
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
where o.type in ('TF', 'FN')`)
  const isResult = (type: TableTypeRow) =>
    isNamedAsVariable(type) &&
    functions.some(({ schema, name }) => schema === type.schema && type.name.endsWith(`_${name}`))
  return types.filter((type) => !isResult(type))
}

export function mapTableType(row: TableTypeRow, parts: TableTypeParts): NativeObject {
  const name = quote(row.schema, row.name)
  const lines = [
    ...(parts.columns.get(row.id) ?? []).map((column) => columnLine(column, name)),
    ...(parts.keys.get(row.id) ?? []).map(keyLine),
    ...(parts.checks.get(row.id) ?? []).map(({ definition }) => `check ${definition}`),
  ]
  const options = row.isMemoryOptimized ? '\nwith (memory_optimized = on)' : ''
  return {
    kind: 'table type',
    name,
    statements: [`create type ${name} as table (\n  ${lines.join(',\n  ')}\n)${options}`],
    stage: 'before tables',
    drop: `drop type ${name}`,
  }
}

function isPrintable({ isComputed, computed, isIdentity, seed }: TableTypeColumnRow): boolean {
  return (!isComputed || isText(computed)) && (!isIdentity || seed !== undefined)
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined
}

function columnLine(row: TableTypeColumnRow, type: string): string {
  const column = quote(row.name)
  if (isText(row.computed)) {
    const persisted = row.isPersisted ? ` persisted${row.nullable ? '' : ' not null'}` : ''
    return `${column} as ${row.computed}${persisted}`
  }
  const object = `column ${column} of type ${type}`
  return [
    column,
    `${declaredXml(row) ?? declaredType(row, object)}${collateClause(row, object)}`,
    ...(row.seed === undefined ? [] : [`identity(${row.seed}, ${row.increment})`]),
    row.nullable ? 'null' : 'not null',
    ...(!isText(row.default) ? [] : [`default ${row.default}`]),
    ...(row.isRowGuid ? ['rowguidcol'] : []),
  ].join(' ')
}

function declaredXml({ xmlSchema, xmlCollection, isXmlDocument }: TableTypeColumnRow): string | undefined {
  if (xmlSchema === null || xmlCollection === null) return undefined
  return `xml(${isXmlDocument ? 'document ' : ''}${quote(xmlSchema, xmlCollection)})`
}

/** The constraints of a table type have no names of their own; its indexes do. */
function keyLine(row: TableTypeKeyRow): string {
  const kind = row.isPrimaryKey ? 'primary key' : row.isUniqueConstraint ? 'unique' : `index ${quote(row.name)}`
  const unique = !row.isPrimaryKey && !row.isUniqueConstraint && row.isUnique ? ' unique' : ''
  const ordered = row.isClustered ? ' clustered' : ' nonclustered'
  const clustering = row.bucketCount === null ? ordered : ' nonclustered hash'
  const columns = row.columns.map(({ name, descending }) => `${quote(name)}${descending ? ' desc' : ''}`).join(', ')
  const options = [
    ...(row.bucketCount === null ? [] : [`bucket_count = ${row.bucketCount}`]),
    ...(row.ignoreDuplicates ? ['ignore_dup_key = on'] : []),
  ]
  const included = row.included.length === 0 ? '' : ` include (${row.included.map((name) => quote(name)).join(', ')})`
  return `${kind}${unique}${clustering} (${columns})${included}${options.length === 0 ? '' : ` with (${options.join(', ')})`}`
}
