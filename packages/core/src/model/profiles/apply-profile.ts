import type { LeftBehind, Module, QualifiedName, SchemaModel } from '../schema-model.ts'
import { fullName } from '../scope.ts'
import type { ReplicationChoice, ReplicationFacts, ReplicationProfile, ReplicationTrigger } from './profile.ts'
import { detectSymmetricDs } from './symmetricds.ts'
import { withoutTables } from './without-tables.ts'

/** A model in which the replication is as it was chosen, and what is to be said of it. */
export interface AppliedReplication {
  readonly model: SchemaModel
  /** For the metadata; empty when no replication was found. */
  readonly replication: readonly ReplicationFacts[]
  /** Sentences for the user, without a full stop. */
  readonly warnings: readonly string[]
}

/** How the origin writes a full name. */
type Quote = (...parts: readonly string[]) => string

const REASONS = {
  runtime: 'state of the replication, which SymmetricDS makes anew',
  config: 'configuration of the replication, which was not asked for',
  secret: 'it holds the passwords of the replication',
  trigger: 'it captures changes for the replication; "symadmin sync-triggers" makes it again',
  function: 'it belongs to the triggers of the replication, and is made again with them',
  sequence: 'it numbers rows of a table of the replication',
} as const

/** The replication software whose tables are in the model; the model must be whole, with no table left out. */
export function detectReplication(whole: SchemaModel): readonly ReplicationProfile[] {
  return detectSymmetricDs(whole)
}

/** `model` may lack tables of the profiles; only what it has is left behind. */
export function applyReplication(
  model: SchemaModel,
  profiles: readonly ReplicationProfile[],
  choice: ReplicationChoice,
  quote: Quote,
): AppliedReplication {
  const nothing: AppliedReplication = { model, replication: [], warnings: [] }
  return profiles.reduce((before, profile) => {
    const applied = applyProfile(before.model, profile, choice, quote)
    return {
      model: applied.model,
      replication: [...before.replication, ...applied.replication],
      warnings: [...before.warnings, ...applied.warnings],
    }
  }, nothing)
}

function applyProfile(
  model: SchemaModel,
  profile: ReplicationProfile,
  choice: ReplicationChoice,
  quote: Quote,
): AppliedReplication {
  const { profile: name, prefix, schema } = profile
  const facts = { profile: name, prefix, schema, choice }
  if (choice === 'keep') {
    return { model, replication: [{ ...facts, configTables: [] }], warnings: warningsOfKept(model, profile, quote) }
  }
  const leftBehind = listLeftBehind(model, profile, choice, quote)
  const kept = withoutParts(model, profile, choice)
  const configTables = choice === 'auto' ? present(kept.tables, profile.configTables) : []
  return {
    model: { ...kept, leftBehind: [...model.leftBehind, ...leftBehind] },
    replication: [{ ...facts, configTables }],
    warnings: warningsOfLeft(kept, profile, leftBehind, configTables, quote),
  }
}

function tablesToLeave(profile: ReplicationProfile, choice: ReplicationChoice) {
  const { runtimeTables, secretTables, configTables } = profile
  const groups = { runtime: runtimeTables, secret: secretTables, config: choice === 'none' ? configTables : [] }
  return { ...groups, all: Object.values(groups).flat() }
}

function withoutParts(model: SchemaModel, profile: ReplicationProfile, choice: ReplicationChoice): SchemaModel {
  const rest = withoutTables(model, tablesToLeave(profile, choice).all)
  const triggers = new Set(profile.triggers.map(triggerKey))
  const functions = new Set(profile.functions.map(fullName))
  const sequences = new Set(profile.sequences.map(fullName))
  return {
    ...rest,
    modules: rest.modules.filter((module) => {
      if (module.kind === 'trigger') return !triggers.has(triggerKey({ ...module, on: module.on ?? null }))
      return module.kind !== 'function' || !functions.has(fullName(module))
    }),
    // Those of tables that stay are made with them.
    sequences: choice === 'none' ? rest.sequences.filter((one) => !sequences.has(fullName(one))) : rest.sequences,
  }
}
