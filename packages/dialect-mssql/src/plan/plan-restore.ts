import { PlanDraft, type RestorePlan, type SchemaModel } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { createSchemaStatement } from '../ddl.ts'
import type { MssqlPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import { planAliasTypes } from './alias-types.ts'
import { planSchemaComments, planTableComments } from './comments.ts'
import { planDefaults } from './defaults.ts'
import { earlyModules } from './early-modules.ts'
import { existingObjects } from './existing.ts'
import { planIdentity } from './identities.ts'
import { planIndexes } from './indexes.ts'
import { withPlainFacts } from './made-facts.ts'
import { madeSchema } from './made-schema.ts'
import { MigratedTypes } from './migration/column-types.ts'
import { planEnumChecks } from './migration/enum-checks.ts'
import { MigratedNames } from './migration/names.ts'
import { ReferencesOfModel } from './migration/references-of-model.ts'
import { reportMigration } from './migration/report.ts'
import { withDeclaredTypes } from './migration/type-synonyms.ts'
import { planMigratedViews } from './migration/views.ts'
import { planModules } from './modules.ts'
import { planNativeObjects } from './native-objects.ts'
import { isOwn, type Planning } from './planning.ts'
import { withDescriptions } from './possible-descriptions.ts'
import { planChecks, planForeignKeys } from './references.ts'
import { planSequences } from './sequences.ts'
import { planTable, type TableDraft } from './tables.ts'
import { TargetNames } from './target-names.ts'
import { planTemporal } from './temporal.ts'

/** What a restore of the model does, decided from the model, the policy and what is known of the target alone. */
export function planRestore(model: SchemaModel, policy: MssqlPolicy, target: TargetFacts): RestorePlan {
  const planning = openPlanning(model, policy, target)
  const early = isOwn(planning) ? earlyModules(model) : []
  const tables = planTables(early, planning)
  planRows(tables, planning)
  planNativeObjects('with keys', planning)
  planModules(
    model.modules.filter((module) => !early.includes(module)),
    'objects',
    planning,
  )
  if (!isOwn(planning)) planMigratedViews(tables, planning)
  planSchemaComments(planning)
  for (const table of tables) planTableComments(table, planning)
  planNativeObjects('after modules', planning)
  if (isOwn(planning)) reportRenames(planning)
  else reportMigration(planning)
  return {
    dialect: 'mssql',
    tables: tables.map(({ planned }) => planned),
    statements: planning.draft.statements,
    findings: planning.draft.findings,
    ...(!isOwn(planning) && { translations: planning.draft.translations }),
    makes: withDescriptions(
      isOwn(planning) ? madeSchema(tables, planning) : withPlainFacts(planning.draft.schema.made),
    ),
    existing: existingObjects(planning),
  }
}

function openPlanning(model: SchemaModel, given: MssqlPolicy, target: TargetFacts): Planning {
  const draft = new PlanDraft()
  if (isOwn({ model })) return { model, policy: given, target, names: new TargetNames(given), draft }
  const policy = { ...given, types: withDeclaredTypes(given.types, model) }
  const names = new TargetNames(policy, new MigratedNames(model, policy, target))
  const migrated = new MigratedTypes(model, policy)
  return { model, policy, target, names, draft, migrated, references: new ReferencesOfModel(model) }
}

/** Functions stand in front of the tables whose expressions call them; one that needs a table is tried again behind it. */
function planTables(early: ReturnType<typeof earlyModules>, planning: Planning): readonly TableDraft[] {
  planSchemas(planning)
  planNativeObjects('before tables', planning)
  planAliasTypes(planning)
  planSequences(planning)
  planModules(early, 'tables', planning)
  const tables = planning.model.tables.map((table) => planTable(table, planning))
  for (const table of tables) planDefaults(table, planning)
  return tables
}

/** What is made when the rows are there. */
function planRows(tables: readonly TableDraft[], planning: Planning): void {
  for (const table of tables) planIndexes(table, planning)
  for (const table of tables) planChecks(table, planning)
  for (const table of tables) planEnumChecks(table, planning)
  for (const table of tables) planForeignKeys(table, planning)
  for (const table of tables) planTemporal(table, planning)
  for (const table of tables) planIdentity(table, planning)
}

function planSchemas({ model, names, target, draft }: Planning): void {
  const there = new Set(target.schemas.map((name) => name.toLowerCase()))
  for (const name of new Set(model.schemas.map((schema) => names.schema(schema.name)))) {
    if (there.has(name.toLowerCase())) continue
    draft.require('tables', { kind: 'schema', object: quote(name), sql: createSchemaStatement(name) })
  }
}

/** A name within a text that is put together when it runs is not found. */
function reportRenames({ policy, model, draft, names }: Planning): void {
  if (model.dialect !== 'mssql' || !names.renames || model.modules.length === 0) return
  for (const [from, to] of Object.entries(policy.schemas)) {
    const message = `is written as ${quote(to)} in the text of modules, except within strings: look them through`
    draft.find('changed', 'schema', quote(from), message)
  }
}
