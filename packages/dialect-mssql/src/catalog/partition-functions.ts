import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import { byName, groupBy } from './lists.ts'
import { type VariantRow, variantColumns, variantLiteral } from './variant-literal.ts'

export interface PartitionFunctionRow extends TypeRow {
  readonly id: number
  readonly name: string
  /** A boundary belongs to the partition on its right. */
  readonly onRight: boolean
}

export interface BoundaryRow extends VariantRow {
  readonly functionId: number
}

const FUNCTIONS = `
select f.function_id as [id], cast(f.name as nvarchar(128)) as [name], cast(f.boundary_value_on_right as bit) as [onRight],
  p.collation_name as [collation], ${typeColumns('p')}
from sys.partition_functions f
join sys.partition_parameters p on p.function_id = f.function_id and p.parameter_id = 1
join sys.types t on t.user_type_id = p.user_type_id${TYPE_JOINS}`

const BOUNDARIES = `
select v.function_id as [functionId], ${variantColumns('v.value')}
from sys.partition_range_values v
where v.parameter_id = 1
order by v.function_id, v.boundary_id`

export async function readPartitionFunctions({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('partition_parameters', 'user_type_id') || !views.has('partition_range_values', 'value'))
    return NOTHING
  const rows = await query<PartitionFunctionRow>(FUNCTIONS)
  const boundaries = groupBy(
    rows.length === 0 ? [] : await query<BoundaryRow>(BOUNDARIES),
    (row) => row.functionId,
    (row) => row,
  )
  return allCarried(byName(rows).map((row) => mapPartitionFunction(row, boundaries.get(row.id) ?? [])))
}

export function mapPartitionFunction(row: PartitionFunctionRow, boundaries: readonly VariantRow[]): NativeObject {
  const name = quote(row.name)
  const { native } = mapType(row, `partition function ${name}`)
  const type = native.collation === undefined ? native.declaration : `${native.declaration} collate ${native.collation}`
  const side = row.onRight ? 'right' : 'left'
  const values = boundaries.map(variantLiteral).join(', ')
  return {
    kind: 'partition function',
    name,
    statements: [`create partition function ${name} (${type}) as range ${side} for values (${values})`],
    stage: 'before tables',
    drop: `drop partition function ${name}`,
  }
}
