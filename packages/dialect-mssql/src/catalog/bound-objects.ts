import type { Json } from '@albackup/core'
import type { CatalogViews } from './catalog.ts'

/** The objects of CREATE DEFAULT and CREATE RULE that are bound to a column or to an alias type. */
export interface BoundRow {
  readonly defaultSchema?: string | null
  readonly defaultName?: string | null
  readonly ruleSchema?: string | null
  readonly ruleName?: string | null
}

interface BoundSql {
  readonly columns: string
  readonly joins: string
}

/** For a query in which `alias` is a row of `view`; the default of a constraint belongs to a table, a bound one to none. */
export function boundObjects(views: CatalogViews, view: 'columns' | 'types', alias: string): BoundSql {
  if (!views.has(view, 'default_object_id') || !views.has(view, 'rule_object_id')) return { columns: '', joins: '' }
  return {
    columns: `,
  cast(bds.name as nvarchar(128)) as [defaultSchema], cast(bd.name as nvarchar(128)) as [defaultName],
  cast(brs.name as nvarchar(128)) as [ruleSchema], cast(br.name as nvarchar(128)) as [ruleName]`,
    joins: `
left join sys.objects bd on bd.object_id = ${alias}.default_object_id and bd.parent_object_id = 0
left join sys.schemas bds on bds.schema_id = bd.schema_id
left join sys.objects br on br.object_id = ${alias}.rule_object_id
left join sys.schemas brs on brs.schema_id = br.schema_id`,
  }
}

export function boundFacts({ defaultSchema, defaultName, ruleSchema, ruleName }: BoundRow): Record<string, Json> {
  return { boundDefault: named(defaultSchema, defaultName), boundRule: named(ruleSchema, ruleName) }
}

function named(schema: string | null | undefined, name: string | null | undefined): Json {
  return schema == null || name == null ? null : { schema, name }
}
