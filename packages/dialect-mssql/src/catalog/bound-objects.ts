import type { Json, QualifiedName } from '@albackup/core'
import type { Catalog, CatalogViews } from './catalog.ts'

/** The objects of CREATE DEFAULT and CREATE RULE that are bound to a column or to an alias type; absent or 0: none. */
export interface BoundRow {
  /** That of a constraint, too. */
  readonly defaultId?: number
  readonly ruleId?: number
}

/** Columns for a query in which `alias` is a row of `view`. */
export function boundColumns(views: CatalogViews, view: 'columns' | 'types', alias: string): string {
  if (!canBind(views, view)) return ''
  return `,
  ${alias}.default_object_id as [defaultId], ${alias}.rule_object_id as [ruleId]`
}

/** Their names, by their numbers. */
export type BoundObjects = ReadonlyMap<number, QualifiedName>

export const NOTHING_BOUND: BoundObjects = new Map()

/** The default of a constraint belongs to a table, a bound one to none. */
const BOUND_OBJECTS = `
select o.object_id as [id], cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
where o.type in ('D', 'R') and o.parent_object_id = 0`

/** Few or none in any database: so they are not joined to every column. */
export async function readBoundObjects({ query, views }: Catalog): Promise<BoundObjects> {
  if (!canBind(views, 'columns')) return NOTHING_BOUND
  const rows = await query<QualifiedName & { readonly id: number }>(BOUND_OBJECTS)
  return new Map(rows.map(({ id, schema, name }) => [id, { schema, name }]))
}

function canBind(views: CatalogViews, view: 'columns' | 'types'): boolean {
  return views.has(view, 'default_object_id') && views.has(view, 'rule_object_id')
}

export function boundFacts({ defaultId, ruleId }: BoundRow, objects: BoundObjects): Record<string, Json> {
  return { boundDefault: named(defaultId, objects), boundRule: named(ruleId, objects) }
}

function named(id: number | undefined, objects: BoundObjects): Json {
  const found = id === undefined ? undefined : objects.get(id)
  return found === undefined ? null : { schema: found.schema, name: found.name }
}
