import type { Finding, Module, RestorePlan, SchemaModel } from '../../packages/core/src/index.ts'
import { withMeanings } from '../../packages/dialect-mssql/src/view-meanings.ts'
import { planForEmpty } from '../../packages/dialect-postgres/src/plan.ts'
import { ASCII_VIEWS, LEFT_BEHIND, VIEWS } from './view-pairs.ts'
import { VIEW_MODEL } from './view-tables.ts'

/** Full name of the view that a text creates. */
export function nameOf(definition: string): string {
  const [, schema = 'dbo', name = ''] = /view\s+(?:(\w+)\.)?(\w+)/.exec(definition) ?? []
  return `${schema}.${name}`
}

function moduleOf([definition]: readonly [string, string]): Module {
  const [schema, name] = nameOf(definition).split('.') as [string, string]
  return { kind: 'view', schema, name, definition }
}

/** The model with all views of the pairs. */
export function viewModel(): SchemaModel {
  const model = { ...VIEW_MODEL, modules: [...VIEWS, ...ASCII_VIEWS, ...LEFT_BEHIND].map(moduleOf) }
  return { ...model, modules: withMeanings(model, () => []) }
}

export function planViews(): RestorePlan {
  return planForEmpty(viewModel(), {})
}

/** The query of a view in PostgreSQL's words; undefined when it is left behind. */
export function queryOf(plan: RestorePlan, definition: string): string | undefined {
  return plan.translations?.find(({ object }) => object === nameOf(definition))?.sql
}

export function findingsOf(plan: RestorePlan, definition: string): readonly Pick<Finding, 'severity' | 'message'>[] {
  const own = plan.findings.filter(({ kind, object }) => kind === 'view' && object === nameOf(definition))
  return own.map(({ severity, message }) => ({ severity, message }))
}
