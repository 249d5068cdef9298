import { fullName, type PlannedTable, type RestorePlan, type SchemaModel, type Table } from '@albackup/core'
import type { IsThere } from '../outside-parents.ts'

/**
 * The tables of the plan by the names they have in the target, with the foreign keys among them and to tables outside that are
 * there.
 */
export function plannedModel({ dialect, tables }: RestorePlan, isThere: IsThere): SchemaModel {
  const targets = new Map(tables.map((table) => [fullName(table.source), table]))
  return {
    dialect,
    database: { name: '', collation: null },
    schemas: [],
    types: [],
    sequences: [],
    tables: tables.map((table) => renamed(table, targets, isThere)),
    modules: [],
    leftBehind: [],
  }
}

function renamed(
  { source, schema, name }: PlannedTable,
  targets: ReadonlyMap<string, PlannedTable>,
  isThere: IsThere,
): Table {
  const foreignKeys = source.foreignKeys.flatMap((key) => {
    const parent = targets.get(fullName(key.references))
    if (parent === undefined) return isThere(key.references) ? [key] : []
    return [{ ...key, references: { ...key.references, schema: parent.schema, name: parent.name } }]
  })
  return { ...source, schema, name, foreignKeys }
}
