import {
  fullName,
  type PlannedTable,
  type RestorePlan,
  type SchemaModel,
  storedColumns,
  type Table,
} from '@albackup/core'
import { quoteName } from './memory-facts.ts'
import type { MemoryDatabase } from './memory-server.ts'

/** Every table as it is, every column exact. */
export function planInMemory(model: SchemaModel, database: MemoryDatabase): RestorePlan {
  const there = new Set(database.model.tables.map(fullName))
  return {
    dialect: 'memory',
    tables: model.tables.map(planTable),
    statements: {
      tables: model.tables.map((table) => statement('create table', quoteName(table.schema, table.name))),
      keys: model.tables.flatMap((table) =>
        [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniqueKeys, ...table.indexes].map((key) =>
          statement('create key', quoteName(key.name)),
        ),
      ),
      references: model.tables.flatMap((table) =>
        table.foreignKeys.map((key) => statement('create foreign key', quoteName(key.name))),
      ),
      values: [],
      objects: [],
    },
    findings: [],
    existing: model.tables
      .filter((table) => there.has(fullName(table)))
      .map((table) => quoteName(table.schema, table.name)),
  }
}

function planTable(table: Table): PlannedTable {
  return {
    source: table,
    schema: table.schema,
    name: table.name,
    columns: storedColumns(table).map((column) => ({
      source: column,
      name: column.name,
      type: column.native.declaration,
      exact: true,
      reason: '',
    })),
  }
}

function statement(verb: string, object: string): RestorePlan['statements']['tables'][number] {
  return { object, sql: `${verb} ${object}`, optional: false }
}
