import type { Default } from '@albackup/core'
import { boundDefaultExpression } from '../expression-parser.ts'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { queryDefinitions } from './query-definitions.ts'
import { sqlExpression } from './sql-expression.ts'

export interface DefaultRow {
  readonly tableId: number
  readonly columnId: number
  readonly name: string
  readonly isSystemNamed: boolean
  /** null when the login may not see it, or the server cannot print it. */
  readonly definition: string | null
}

function defaultConstraints(definition: string, condition?: string): string {
  return `
select d.parent_object_id as [tableId], d.parent_column_id as [columnId], cast(d.name as nvarchar(128)) as [name],
  cast(d.is_system_named as bit) as [isSystemNamed], ${definition}
from sys.default_constraints d${condition === undefined ? '' : `\nwhere ${condition}`}`
}

function isOfColumn({ tableId, columnId }: DefaultRow): string {
  return `d.parent_object_id = ${tableId} and d.parent_column_id = ${columnId}`
}

export interface BoundDefaultRow {
  readonly tableId: number
  readonly columnId: number
  readonly definition: string
}

/** Defaults made by CREATE DEFAULT and bound with sp_bindefault: they are no constraints, and their text is that of a module. */
const BOUND_DEFAULTS = `
select c.object_id as [tableId], c.column_id as [columnId], m.definition
from sys.columns c
join sys.objects o on o.object_id = c.default_object_id and o.parent_object_id = 0
join sys.sql_modules m on m.object_id = o.object_id
where m.definition is not null`

/** The defaults of all columns, by their column's key. */
export async function readDefaults(catalog: Catalog): Promise<ReadonlyMap<string, Default>> {
  const constraints = await queryDefinitions(catalog, 'd.definition', defaultConstraints, isOfColumn)
  const bound = catalog.views.has('columns', 'default_object_id')
    ? await catalog.query<BoundDefaultRow>(BOUND_DEFAULTS)
    : []
  return new Map([
    ...bound.flatMap(mapBoundDefault),
    ...constraints.map((row) => [columnKey(row), mapDefault(row)] as const),
  ])
}

export function mapDefault(row: DefaultRow): Default {
  return { name: row.name, systemNamed: row.isSystemNamed, expression: sqlExpression(row.definition ?? '') }
}

function mapBoundDefault(row: BoundDefaultRow): readonly (readonly [string, Default])[] {
  const text = boundDefaultExpression(row.definition)
  if (text === undefined) return []
  return [[columnKey(row), { name: null, systemNamed: true, expression: sqlExpression(text) }]]
}
