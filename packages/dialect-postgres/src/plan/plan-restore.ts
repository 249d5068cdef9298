import { moduleName, type PlannedTable, type RestorePlan, reportIdleSettings, type SchemaModel } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { createSchemaStatement } from '../ddl.ts'
import type { PostgresPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import { planSchemaComments, planTableComments } from './comments.ts'
import { planChecks, planForeignKeys } from './constraints.ts'
import { planDefaults } from './defaults.ts'
import { planDomains } from './domains.ts'
import { existingTables } from './existing-tables.ts'
import { planFeatures, typeFeatures } from './features.ts'
import { reportForeignObjects } from './foreign-objects.ts'
import { planIndexes } from './indexes.ts'
import { planKeys } from './keys.ts'
import { planNativeRestore } from './native/plan-native-restore.ts'
import { withPlainFacts } from './plain-facts.ts'
import { Draft, type Planning } from './planning.ts'
import { planSequences } from './sequences.ts'
import { reportDuties } from './source-duties.ts'
import type { TableDraft } from './table-draft.ts'
import { planTable } from './tables.ts'
import { TargetNames } from './target-names.ts'
import { planViews } from './views.ts'

/** What a restore of the model does, decided from the model, the policy and what is known of the target alone. */
export function planRestore(
  model: SchemaModel,
  policy: PostgresPolicy,
  schemas: ReadonlyMap<string, string>,
  target: TargetFacts,
): RestorePlan {
  if (model.dialect === 'postgres') return planNativeRestore(model, policy, target)
  const planning = openPlanning(model, policy, schemas, target)
  const { draft } = planning
  planSchemas(schemas, planning)
  planFeatures(planning.features, target, draft)
  const domains = planDomains(planning)
  const sequences = planSequences(planning)
  const tables = model.tables.map((table) => planTable(table, domains, planning))
  planParts(tables, sequences.names, planning)
  const views = planViews(tables, planning)
  reportModules(planning)
  reportIdleSettings(model, policy, draft)
  reportForeignObjects(planning)
  const targets = tables.map((table) => table.target)
  return {
    dialect: 'postgres',
    tables: tables.map((table) => plannedTable(table, policy)),
    statements: draft.statements,
    findings: draft.findings,
    translations: draft.translations,
    makes: withPlainFacts(draft.schema.made),
    existing: [...views, ...existingTables(targets, target), ...sequences.existing],
  }
}

function openPlanning(
  model: SchemaModel,
  policy: PostgresPolicy,
  schemas: ReadonlyMap<string, string>,
  target: TargetFacts,
): Planning {
  const names = new TargetNames(model, schemas, policy, target)
  const features = typeFeatures(policy, target, schemas.values().next().value)
  return { model, policy, target, features, names, draft: new Draft() }
}

/** What belongs to the tables, each kind of all tables before the next. */
function planParts(
  tables: readonly TableDraft[],
  sequences: ReturnType<typeof planSequences>['names'],
  planning: Planning,
): void {
  for (const table of tables) planKeys(table, planning)
  for (const table of tables) planIndexes(table, planning)
  for (const table of tables) planChecks(table, planning)
  for (const table of tables) planForeignKeys(table, tables, planning)
  for (const table of tables) planDefaults(table, sequences, planning)
  for (const table of tables) reportDuties(table, planning)
  planSchemaComments(planning)
  for (const table of tables) planTableComments(table, planning)
}

function plannedTable({ source, target, columns }: TableDraft, policy: PostgresPolicy): PlannedTable {
  return { source, ...target, columns, policy }
}

/** Even `create schema if not exists` asks for a right on the database that the owner of an existing schema need not have. */
function planSchemas(schemas: ReadonlyMap<string, string>, { policy, target, names, draft }: Planning): void {
  for (const [source, name] of schemas)
    draft.renamed('schema', source, policy.schemas[source] ?? names.spell(source), name)
  for (const name of new Set(schemas.values())) {
    if (target.schemas.includes(name)) continue
    draft.require('tables', { kind: 'schema', object: quote(name), sql: createSchemaStatement(name) })
  }
}

function reportModules({ model, draft }: Planning): void {
  for (const module of model.modules) {
    if (module.kind === 'view') continue
    draft.find(
      'lost',
      module.kind,
      moduleName(module),
      `is left out, its text is in another language than PostgreSQL's`,
    )
  }
}
