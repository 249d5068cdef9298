import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byName } from './lists.ts'

export interface PlanGuideRow {
  readonly name: string
  readonly isDisabled: boolean
  readonly query: string
  /** 1: a statement of a module, 2: one of a batch, 3: a template. */
  readonly scopeType: number
  readonly moduleSchema: string | null
  readonly module: string | null
  readonly batch: string | null
  readonly parameters: string | null
  readonly hints: string | null
}

const PLAN_GUIDES = `
select cast(g.name as nvarchar(128)) as [name], cast(g.is_disabled as bit) as [isDisabled], g.query_text as [query],
  cast(g.scope_type as int) as [scopeType], cast(s.name as nvarchar(128)) as [moduleSchema],
  cast(o.name as nvarchar(128)) as [module], g.scope_batch as [batch], g.parameters, g.hints
from sys.plan_guides g
left join sys.objects o on o.object_id = g.scope_object_id
left join sys.schemas s on s.schema_id = o.schema_id`

const SCOPES: readonly string[] = ['', 'OBJECT', 'SQL', 'TEMPLATE']

export async function readPlanGuides({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('plan_guides', 'scope_object_id')) return NOTHING
  return allCarried(byName(await query<PlanGuideRow>(PLAN_GUIDES)).map(mapPlanGuide))
}

export function mapPlanGuide(row: PlanGuideRow): NativeObject {
  const module = row.moduleSchema === null || row.module === null ? null : quote(row.moduleSchema, row.module)
  const create = [
    `@name = ${quoteText(row.name)}`,
    `@stmt = ${quoteText(row.query)}`,
    `@type = N'${SCOPES[row.scopeType]}'`,
    `@module_or_batch = ${textOrNull(row.scopeType === 1 ? module : row.batch)}`,
    `@params = ${textOrNull(row.parameters)}`,
    `@hints = ${textOrNull(row.hints)}`,
  ]
  const control = (operation: string) =>
    `exec sys.sp_control_plan_guide @operation = N'${operation}', @name = ${quoteText(row.name)}`
  return {
    kind: 'plan guide',
    name: quote(row.name),
    statements: [
      `if exists (select 1 from sys.plan_guides where name = ${quoteText(row.name)}) ${control('DROP')}`,
      `exec sys.sp_create_plan_guide ${create.join(', ')}`,
      ...(row.isDisabled ? [control('DISABLE')] : []),
    ],
    stage: 'after modules',
    drop: control('DROP'),
  }
}

function textOrNull(text: string | null): string {
  return text === null ? 'null' : quoteText(text)
}
