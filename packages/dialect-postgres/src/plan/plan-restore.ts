import {
  type PlannedTable,
  RefusedError,
  type RestorePlan,
  type SchemaModel,
  fullName as sourceName,
} from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { createSchemaStatement, fullName } from '../ddl.ts'
import type { PostgresPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import { planSchemaComments, planTableComments } from './comments.ts'
import { planChecks, planForeignKeys } from './constraints.ts'
import { planDefaults } from './defaults.ts'
import { planDomains } from './domains.ts'
import { planIndexes } from './indexes.ts'
import { planKeys } from './keys.ts'
import { Draft, type Planning } from './planning.ts'
import { planSequences } from './sequences.ts'
import type { TableDraft } from './table-draft.ts'
import { planTable } from './tables.ts'
import { TargetNames } from './target-names.ts'

/** What a restore of the model does, decided from the model, the policy and what is known of the target alone. */
export function planRestore(
  model: SchemaModel,
  policy: PostgresPolicy,
  schemas: ReadonlyMap<string, string>,
  target: TargetFacts,
): RestorePlan {
  const names = new TargetNames(model, schemas, target)
  const draft = new Draft()
  const planning: Planning = { model, policy, target, names, draft }
  planSchemas(schemas, planning)
  const domains = planDomains(planning)
  const sequences = planSequences(planning)
  const tables = model.tables.map((table) => planTable(table, domains, planning))
  for (const table of tables) planKeys(table, planning)
  for (const table of tables) planIndexes(table, planning)
  for (const table of tables) planChecks(table, planning)
  for (const table of tables) planForeignKeys(table, tables, planning)
  for (const table of tables) planDefaults(table, sequences.names, planning)
  planSchemaComments(planning)
  for (const table of tables) planTableComments(table, planning)
  reportModules(planning)
  reportNativeObjects(planning)
  return {
    dialect: 'postgres',
    tables: tables.map((table) => plannedTable(table, policy)),
    statements: draft.statements,
    findings: draft.findings,
    translations: draft.translations,
    existing: [...existingTables(tables, target), ...sequences.existing],
  }
}

function plannedTable({ source, target, columns }: TableDraft, policy: PostgresPolicy): PlannedTable {
  return { source, ...target, columns, policy }
}

/** Even `create schema if not exists` asks for a right on the database that the owner of an existing schema need not have. */
function planSchemas(schemas: ReadonlyMap<string, string>, { policy, target, draft }: Planning): void {
  for (const [source, name] of schemas) draft.renamed('schema', source, policy.schemas[source] ?? source, name)
  for (const name of new Set(schemas.values())) {
    if (target.schemas.includes(name)) continue
    draft.require('tables', { kind: 'schema', object: quote(name), sql: createSchemaStatement(name) })
  }
}

/** A table's name must be free among the types too: its rows become a type of that name. */
function existingTables(tables: readonly TableDraft[], { relations, types }: TargetFacts): readonly string[] {
  const found = [...relations, ...types.map((type) => ({ ...type, kind: 'type' }))]
  return tables.flatMap(({ target }) => {
    const kinds = found.filter(({ schema, name }) => schema === target.schema && name === target.name)
    const other = kinds.find(({ kind }) => kind !== 'table')
    if (other === undefined) return kinds.length === 0 ? [] : [fullName(target)]
    throw new RefusedError(`cannot restore table ${fullName(target)}: the target has a ${other.kind} of that name`, {
      hint: 'Drop or rename it, or restore the schema under another name ("mapping": { "schemas": … }).',
    })
  })
}

/** Grants and the like are for the user to give again, and need no word for each. */
function reportNativeObjects({ model, draft }: Planning): void {
  for (const { kind, name, onRequest } of model.objects ?? []) {
    if (onRequest !== true) draft.find('lost', kind, name, 'is left out, PostgreSQL has no such object')
  }
}

function reportModules({ model, draft }: Planning): void {
  for (const module of model.modules) {
    draft.find(
      'lost',
      module.kind,
      sourceName(module),
      `is left out, its text is in another language than PostgreSQL's`,
    )
  }
}
