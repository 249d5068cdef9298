import type { LeftBehind, NativeObject, QualifiedName } from '@albackup/core'
import { isLiteral, quote, quoteText } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'
import { type Levels, type PropertyTargetRow, propertyLevels } from './property-levels.ts'
import type { Securables } from './securables.ts'
import { type VariantRow, variantColumns, variantLiteral } from './variant-literal.ts'

export interface ExtendedPropertyRow extends VariantRow, PropertyTargetRow {
  readonly property: string
}

/**
 * Without the descriptions that the model has as comments: of tables and their columns, sequences, schemas, alias types and
 * indexes that are no keys.
 */
const PROPERTIES = `
select cast(p.class as int) as [class], lower(p.class_desc) as [className], p.major_id as [id], p.minor_id as [minorId],
  cast(p.name as nvarchar(128)) as [property],
  cast(case p.class when 2 then a.name when 7 then i.name else c.name end as nvarchar(128)) as [part],
  cast(ts.name as nvarchar(128)) as [typeSchema], cast(tt.name as nvarchar(128)) as [typeName],
  ${variantColumns('p.value')}
from sys.extended_properties p
left join sys.objects o on p.class in (1, 7) and o.object_id = p.major_id
left join sys.table_types tt on (p.class = 8 and tt.user_type_id = p.major_id)
  or (p.class in (1, 7) and tt.type_table_object_id = p.major_id)
left join sys.schemas ts on ts.schema_id = tt.schema_id
left join sys.columns c on p.class in (1, 8) and p.minor_id > 0 and c.column_id = p.minor_id
  and c.object_id = coalesce(tt.type_table_object_id, p.major_id)
left join sys.all_parameters a on p.class = 2 and a.object_id = p.major_id and a.parameter_id = p.minor_id
left join sys.indexes i on p.class = 7 and i.object_id = p.major_id and i.index_id = p.minor_id
left join sys.types t on p.class = 6 and t.user_type_id = p.major_id
where not (p.name = 'MS_Description' and p.value is not null and (
  p.class = 3 or (p.class = 6 and t.is_table_type = 0 and t.is_assembly_type = 0)
  or (p.class = 1 and o.type = 'U') or (p.class = 1 and o.type = 'SO' and p.minor_id = 0)
  or (p.class = 7 and o.type = 'U' and i.is_primary_key = 0 and i.is_unique_constraint = 0)))`

/** Properties of what is carried; those of anything else are left behind with it. */
export async function readExtendedProperties({ query, views }: Catalog, securables: Securables): Promise<Carried> {
  const hasAll = views.has('extended_properties', 'class') && views.has('table_types', 'type_table_object_id')
  if (!hasAll) return NOTHING
  const found = (await query<ExtendedPropertyRow>(PROPERTIES))
    .map((row) => mapExtendedProperty(row, securables))
    .sort((one, other) => compareText(one.name, other.name))
  return {
    objects: found.filter((one): one is NativeObject => 'statements' in one),
    leftBehind: found.filter((one): one is LeftBehind => 'reason' in one),
  }
}

const KIND = 'extended property'

export function mapExtendedProperty(row: ExtendedPropertyRow, securables: Securables): NativeObject | LeftBehind {
  const levels = propertyLevels(row, securables)
  if (levels === undefined) {
    const reason = 'it belongs to something that is not carried; add it again with that'
    return { kind: KIND, name: `${quote(row.property)} of a ${row.className}`, reason }
  }
  return {
    kind: KIND,
    name: `${quote(row.property)} of ${levels.object}`,
    statements: [...dropProperty(row, levels), addProperty(row, levels)],
    stage: 'after modules',
    ...tableClause(levels.table),
    ...(row.class === 4 && { onRequest: true }),
  }
}

/** A parameter of a procedure call is a constant or a variable, never an expression. */
function addProperty(row: ExtendedPropertyRow, levels: Levels): string {
  const literal = variantLiteral(row)
  const isConstant = !literal.startsWith('cast(') && isLiteral(row.text ?? '')
  const declared = isConstant ? '' : `declare @value sql_variant = ${literal}\n`
  return `${declared}exec sys.sp_addextendedproperty @name = ${quoteText(row.property)}, @value = ${isConstant ? literal : '@value'}${levelArguments(levels)}`
}

/** Schemas and the database itself are not dropped by a restore, so that they may have the property already. */
function dropProperty(row: ExtendedPropertyRow, levels: Levels): readonly string[] {
  if (row.class !== 0 && row.class !== 3) return []
  const [schema] = levels.path
  const major = schema === undefined ? '0' : `schema_id(${quoteText(schema[1])})`
  const property = `class = ${row.class} and major_id = ${major} and name = ${quoteText(row.property)}`
  return [
    `if exists (select 1 from sys.extended_properties where ${property})
  exec sys.sp_dropextendedproperty @name = ${quoteText(row.property)}${levelArguments(levels)}`,
  ]
}

function levelArguments({ path }: Levels): string {
  return path
    .map(([type, name], level) => `, @level${level}type = N'${type}', @level${level}name = ${quoteText(name)}`)
    .join('')
}

function tableClause(table: QualifiedName | undefined): { readonly table?: QualifiedName } {
  return table === undefined ? {} : { table }
}
