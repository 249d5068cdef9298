import type { MappingPolicy, RestorePlan, SchemaModel } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { readTargetFacts } from './catalog/target-facts.ts'
import { EMPTY_DATABASE } from './plan/empty-database.ts'
import { planRestore } from './plan/plan-restore.ts'
import { parsePolicy } from './policy.ts'

/**
 * Looks up what the target has and decides; changes nothing. Throws a UsageError for a wrong policy, and a RefusedError when
 * something that is no table has a table's name.
 */
export async function plan(catalog: Catalog, model: SchemaModel, policy: MappingPolicy): Promise<RestorePlan> {
  const parsed = parsePolicy(policy, model)
  return planRestore(model, parsed, await readTargetFacts(catalog))
}

/** As `plan`, without a server. */
export function planForEmpty(model: SchemaModel, policy: MappingPolicy): RestorePlan {
  return planRestore(model, parsePolicy(policy, model), EMPTY_DATABASE)
}
