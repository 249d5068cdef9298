import type { LeftBehind, Module, QualifiedName, SchemaModel } from '../schema-model.ts'
import { fullName } from '../scope.ts'
import type { ReplicationChoice, ReplicationFacts, ReplicationProfile, ReplicationTrigger } from './profile.ts'
import { keptWarnings, leftWarnings, type Quote } from './replication-warnings.ts'
import { detectSymmetricDs } from './symmetricds.ts'
import { withoutTables } from './without-tables.ts'

/** A model in which the replication is as it was chosen, and what is to be said of it. */
export interface AppliedReplication {
  /** Its `leftBehind` names what is not in it any more. */
  readonly model: SchemaModel
  /** For the metadata; empty when no replication was found. */
  readonly replication: readonly ReplicationFacts[]
  /** Sentences for the user. */
  readonly warnings: readonly string[]
}

const REASONS = {
  runtime: 'state of the replication, which it makes anew',
  config: 'configuration of the replication, which was not asked for',
  secret: 'it holds passwords of the replication',
  trigger: 'it captures changes for the replication; "symadmin sync-triggers" makes it again',
  function: 'triggers of the replication use it; it is made again with them',
  sequence: 'it numbers rows of a table of the replication',
} as const

/** The replication software that is in the database. `whole`: its model with no table left out. */
export function detectReplication(whole: SchemaModel): readonly ReplicationProfile[] {
  return detectSymmetricDs(whole)
}

/** `quote`: how the origin writes a full name. The model may lack tables of the profiles, which then are not left behind. */
export function applyReplication(
  model: SchemaModel,
  profiles: readonly ReplicationProfile[],
  choice: ReplicationChoice,
  quote: Quote,
): AppliedReplication {
  let applied: AppliedReplication = { model, replication: [], warnings: [] }
  for (const profile of profiles) {
    const next = applyProfile(applied.model, profile, choice, quote)
    applied = {
      model: next.model,
      replication: [...applied.replication, ...next.replication],
      warnings: [...applied.warnings, ...next.warnings],
    }
  }
  return applied
}

function applyProfile(
  model: SchemaModel,
  profile: ReplicationProfile,
  choice: ReplicationChoice,
  quote: Quote,
): AppliedReplication {
  const facts = { profile: profile.profile, prefix: profile.prefix, schema: profile.schema, choice }
  if (choice === 'keep') {
    return { model, replication: [{ ...facts, configTables: [] }], warnings: keptWarnings(model, profile, quote) }
  }
  const groups = {
    runtime: present(model, profile.runtimeTables),
    secret: present(model, profile.secretTables),
    config: choice === 'none' ? present(model, profile.configTables) : [],
  }
  const leaving = [...groups.runtime, ...groups.secret, ...groups.config]
  const rest = withoutModules(withoutTables(model, leaving), profile)
  const left = [
    ...(['runtime', 'secret', 'config'] as const).flatMap((group) =>
      groups[group].map(({ schema, name }) => ({ kind: 'table', name: quote(schema, name), reason: REASONS[group] })),
    ),
    ...leftModules(model, profile, quote),
  ]
  const configTables = present(rest, profile.configTables)
  return {
    model: {
      ...rest,
      leftBehind: [...model.leftBehind, ...left.map((one) => ({ ...one, administrative: true as const }))],
    },
    replication: [{ ...facts, configTables }],
    warnings: leftWarnings({ profile, rest, leaving, configTables, quote }),
  }
}

function present(model: SchemaModel, tables: readonly QualifiedName[]): readonly QualifiedName[] {
  const names = new Set(model.tables.map(fullName))
  return tables.filter((table) => names.has(fullName(table)))
}

function withoutModules(model: SchemaModel, profile: ReplicationProfile): SchemaModel {
  const own = ownModules(profile)
  const sequences = new Set(profile.sequences.map(fullName))
  return {
    ...model,
    modules: model.modules.filter((module) => !own(module)),
    sequences: model.sequences.filter((sequence) => !sequences.has(fullName(sequence))),
  }
}

function leftModules(model: SchemaModel, profile: ReplicationProfile, quote: Quote): readonly LeftBehind[] {
  const sequences = new Set(profile.sequences.map(fullName))
  return [
    ...model.modules.filter(ownModules(profile)).map(({ kind, schema, name, on }) => ({
      kind,
      name: on === undefined ? quote(schema, name) : `${quote(schema, name)} on ${quote(on.schema, on.name)}`,
      reason: kind === 'trigger' ? REASONS.trigger : REASONS.function,
    })),
    ...model.sequences
      .filter((sequence) => sequences.has(fullName(sequence)))
      .map(({ schema, name }) => ({ kind: 'sequence', name: quote(schema, name), reason: REASONS.sequence })),
  ]
}

function ownModules({ triggers, functions }: ReplicationProfile): (module: Module) => boolean {
  const triggerKeys = new Set(triggers.map(triggerKey))
  const functionNames = new Set(functions.map(fullName))
  return (module) =>
    module.kind === 'trigger'
      ? triggerKeys.has(triggerKey({ ...module, on: module.on ?? null }))
      : module.kind === 'function' && functionNames.has(fullName(module))
}

function triggerKey({ on, ...trigger }: ReplicationTrigger): string {
  return `${fullName(trigger)} on ${on === null ? '' : fullName(on)}`
}
