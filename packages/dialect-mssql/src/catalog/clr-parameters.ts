import type { Catalog } from './catalog.ts'
import { TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import { type ByParent, groupBy } from './lists.ts'
import { type VariantRow, variantColumns, variantLiteral } from './variant-literal.ts'

export interface ClrParameterRow extends TypeRow {
  readonly objectId: number
  /** With its `@`; the name of a column without. */
  readonly name: string
  /** 0: what a function gives back. */
  readonly ordinal: number
  readonly isOutput: boolean
  /** A literal; null: none. */
  readonly default: string | null
}

interface ParameterRow extends Omit<ClrParameterRow, 'default'> {
  readonly hasDefault: boolean
}

interface DefaultRow extends VariantRow {
  readonly objectId: number
  readonly ordinal: number
}

const PARAMETERS = `
select p.object_id as [objectId], cast(p.name as nvarchar(128)) as [name], cast(p.parameter_id as int) as [ordinal],
  cast(p.is_output as bit) as [isOutput], cast(p.has_default_value as bit) as [hasDefault],
  cast(null as nvarchar(128)) as [collation], ${typeColumns('p')}
from sys.parameters p
join sys.assembly_modules m on m.object_id = p.object_id
join sys.types t on t.user_type_id = p.user_type_id${TYPE_JOINS}
order by p.object_id, p.parameter_id`

/** The catalog keeps defaults of the parameters of CLR modules only. */
const DEFAULTS = `
select p.object_id as [objectId], cast(p.parameter_id as int) as [ordinal], ${variantColumns('p.default_value')}
from sys.parameters p
join sys.assembly_modules m on m.object_id = p.object_id
where p.has_default_value = 1`

const COLUMNS = `
select c.object_id as [objectId], cast(c.name as nvarchar(128)) as [name], cast(c.column_id as int) as [ordinal],
  cast(0 as bit) as [isOutput], cast(null as nvarchar(1)) as [default], cast(null as nvarchar(128)) as [collation], ${typeColumns('c')}
from sys.columns c
join sys.assembly_modules m on m.object_id = c.object_id
join sys.types t on t.user_type_id = c.user_type_id${TYPE_JOINS}
order by c.object_id, c.column_id`

export async function readClrParameters({ query }: Catalog): Promise<ByParent<ClrParameterRow>> {
  const rows = await query<ParameterRow>(PARAMETERS)
  const defaults = rows.some(({ hasDefault }) => hasDefault) ? await query<DefaultRow>(DEFAULTS) : []
  const literals = new Map(defaults.map((row) => [`${row.objectId} ${row.ordinal}`, literal(row)]))
  return groupBy(
    rows,
    ({ objectId }) => objectId,
    (row) => ({ ...row, default: literals.get(`${row.objectId} ${row.ordinal}`) ?? null }),
  )
}

export async function readClrColumns({ query }: Catalog): Promise<ByParent<ClrParameterRow>> {
  return groupBy(
    await query<ClrParameterRow>(COLUMNS),
    ({ objectId }) => objectId,
    (row) => row,
  )
}

/** A default is converted to the parameter's type; it has to be a constant. */
function literal(row: VariantRow): string {
  const { baseType, text } = row
  if (text === null || baseType === null) return 'null'
  return /^(n?(var)?char|uniqueidentifier|date.*|time|smalldatetime)$/.test(baseType)
    ? variantLiteral({ ...row, baseType: 'nvarchar' })
    : text
}
