import type { MappingPolicy, RestorePlan, SchemaModel } from '@albackup/core'
import type { ClientBase } from 'pg'
import { readObjects } from './catalog/objects/read-objects.ts'
import { readExtensions, readTargetFacts, type TargetFacts } from './catalog/target-facts.ts'
import { missingNeeds } from './missing-needs.ts'
import { objectKey } from './native-facts.ts'
import { planRestore } from './plan/plan-restore.ts'
import { mapSchemas } from './plan/target-names.ts'
import { withReplaced } from './plan/with-replaced.ts'
import { parsePolicy } from './policy.ts'
import { unquoted } from './quote.ts'
import { readReplaced } from './replaced.ts'
import { targetError } from './server-errors.ts'
import { isShared } from './shared-objects.ts'

/**
 * Looks up what the target has and decides; changes nothing. Throws a UsageError for a wrong policy, a RefusedError when
 * something that is no table has a table's name, and a CannotCarryError for a table that PostgreSQL cannot have.
 */
export async function plan(
  client: ClientBase,
  version: number,
  model: SchemaModel,
  policy: MappingPolicy,
): Promise<RestorePlan> {
  const parsed = parsePolicy(policy)
  const schemas = mapSchemas(model, parsed)
  const facts = await readFacts(client, version, model, [...new Set(schemas.values())]).catch((error: unknown) => {
    throw targetError(error, 'read the catalog of the target')
  })
  const plan = planRestore(model, parsed, schemas, facts)
  if (plan.existing.length === 0) return plan
  const replaced = await readReplaced(client, version, plan.existing).catch((error: unknown) => {
    throw targetError(error, 'read the catalog of the target')
  })
  return withReplaced(plan, replaced)
}

async function readFacts(
  client: ClientBase,
  version: number,
  model: SchemaModel,
  schemas: readonly string[],
): Promise<TargetFacts> {
  const facts = await readTargetFacts(client, version, schemas)
  return model.dialect === 'postgres' ? { ...facts, ...(await readNativeFacts(client, model)) } : facts
}

async function readNativeFacts(
  client: ClientBase,
  model: SchemaModel,
): Promise<Pick<TargetFacts, 'offered' | 'missing' | 'there'>> {
  const names = (model.objects ?? []).filter(({ kind }) => kind === 'extension').map(({ name }) => unquoted(name))
  return {
    offered: await readExtensions(client, names),
    missing: await missingNeeds(client, model),
    there: await readThere(client, model),
  }
}

/** What is there of objects that a restore leaves as they are. */
async function readThere(client: ClientBase, { objects = [] }: SchemaModel): Promise<ReadonlySet<string>> {
  const kept = objects.filter(({ kind }) => isShared(kind) || kind === 'role').map(objectKey)
  if (kept.length === 0) return new Set()
  const there = new Set((await readObjects(client)).map(({ object }) => objectKey(object)))
  return new Set(kept.filter((key) => there.has(key)))
}

/** What a database has that was made on a server of today and is still empty. */
const EMPTY: TargetFacts = {
  version: 180000,
  xml: true,
  icu: true,
  extensions: new Map([
    ['citext', null],
    ['ltree', null],
    ['postgis', null],
  ]),
  schemas: ['public'],
  relations: [],
  types: [],
}

/** As `plan`, without a server. */
export function planForEmpty(model: SchemaModel, policy: MappingPolicy): RestorePlan {
  const parsed = parsePolicy(policy)
  return planRestore(model, parsed, mapSchemas(model, parsed), EMPTY)
}
