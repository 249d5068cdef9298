import {
  type PlannedTable,
  type RestorePlan,
  type SchemaModel,
  storedColumns,
  type Table,
  UsageError,
} from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { createSchemaStatement, fullName } from '../../ddl.ts'
import { holdsNames, tableKey, textFact, textsFact } from '../../native-facts.ts'
import type { PostgresPolicy } from '../../policy.ts'
import { quote } from '../../quote.ts'
import { existingTables } from '../existing-tables.ts'
import { Draft } from '../planning.ts'
import { planNativeComments } from './comments.ts'
import { planNativeConstraints } from './constraints.ts'
import { fitServer } from './fit-server.ts'
import { planNativeIndexes, planNativeKeys } from './keys.ts'
import { madeSchema } from './made-schema.ts'
import { nameable } from './nameable.ts'
import { planEarlyObjects, planEventTriggers, planKeyObjects, planLateObjects } from './objects.ts'
import { planNativeSequences, sequenceValues } from './sequences.ts'
import { planSerials, planTableSettings } from './tables.ts'

/** What every part of a plan from PostgreSQL's own words reads, and where it puts what it decides. */
export interface NativePlanning {
  readonly model: SchemaModel
  readonly target: TargetFacts
  readonly draft: Draft
}

/**
 * A restore of what PostgreSQL had: everything is made from its own words, under its own names. A server older than the source
 * may refuse some of them.
 */
export function planNativeRestore(source: SchemaModel, policy: PostgresPolicy, target: TargetFacts): RestorePlan {
  requireNoRenaming(policy)
  const draft = new Draft()
  const model = fitServer(source, target, draft)
  const planning: NativePlanning = { model, target, draft }
  planSchemas(planning)
  const sequences = planNativeSequences(planning)
  planEarlyObjects(planning)
  for (const table of model.tables) planSerials(table, planning)
  for (const table of model.tables) planTableSettings(table, planning)
  for (const table of model.tables) planNativeKeys(table, planning)
  for (const table of model.tables) planNativeIndexes(table, planning)
  planKeyObjects(planning)
  for (const table of childrenFirst(model)) planNativeConstraints(table, planning)
  sequenceValues(planning)
  planLateObjects(planning)
  planNativeComments(planning)
  planEventTriggers(planning)
  return {
    dialect: 'postgres',
    tables: source.tables.map((table, i) => plannedTable(table, model.tables[i]!, policy)),
    statements: draft.statements,
    findings: draft.findings,
    ...(model.tables.some(holdsNames) && { nameable: nameable(model, target) }),
    makes: madeSchema(model, draft.findings, target.version),
    existing: [
      ...existingViews(planning),
      ...existingRoutines(planning),
      ...existingTables(model.tables, target),
      ...sequences.existing,
    ],
  }
}

/** A check that a child has of its own must be there when the same check of its parent comes to it. */
function childrenFirst({ tables, database }: SchemaModel): readonly Table[] {
  const order = new Map(textsFact(database.native, 'order').map((key, i) => [key, i]))
  return [...tables].sort((one, other) => (order.get(tableKey(other)) ?? 0) - (order.get(tableKey(one)) ?? 0))
}

/** Views stand on tables and on other views, so the last one made goes first. */
function existingViews({ model, target }: NativePlanning): readonly string[] {
  const there = new Set(target.relations.filter(({ kind }) => kind === 'view').map(fullName))
  const views = model.modules.filter(({ kind }) => kind === 'view').map(fullName)
  return views.filter((view) => there.has(view)).reverse()
}

/** A table cannot go as long as a function takes its rows, or reads it by a text that the server keeps as what it means. */
function existingRoutines({ model, target }: NativePlanning): readonly string[] {
  const own = new Set(model.modules.map(({ native }) => textFact(native, 'identity')))
  return (target.rowRoutines ?? []).filter((name) => own.has(name))
}

/** The text of views, functions and constraints is taken as it is, with the names and types it speaks of. */
function requireNoRenaming({ schemas, names, rename, types, columns }: PostgresPolicy): void {
  const keysOf = (setting: string, values: object) => Object.keys(values).map((key) => `${setting}.${key}`)
  const [setting] = [
    ...keysOf('schemas', schemas),
    ...keysOf('rename', rename),
    ...keysOf('types', types),
    ...keysOf('columns', columns),
    ...(names === 'preserve' ? [] : ['names']),
  ]
  if (setting === undefined) return
  throw new UsageError(
    `cannot use setting "mapping.${setting}": the backup is of PostgreSQL, and its texts name their schemas, tables and types`,
    { hint: 'Restore with the names and types of the source, and change them afterwards.' },
  )
}

function planSchemas({ model, target, draft }: NativePlanning): void {
  for (const { name } of model.schemas) {
    if (target.schemas.includes(name)) continue
    draft.require('tables', { kind: 'schema', object: quote(name), sql: createSchemaStatement(name) })
  }
}

/** `fitted`: as the target has it. */
function plannedTable(source: Table, fitted: Table, policy: PostgresPolicy): PlannedTable {
  const columns = storedColumns(source).map((column) => {
    const type = fitted.columns.find(({ name }) => name === column.name)!.native.declaration
    const reason =
      type === column.native.declaration ? '' : 'the target cannot have its type, and gets one for the same values'
    return { source: column, name: column.name, type, exact: true, reason }
  })
  const late = holdsNames(source) && ({ afterKeys: true } as const)
  return { source, schema: source.schema, name: source.name, columns, policy, ...late }
}
