import { type Finding, fullName, type MadeSchema, type SchemaModel, type Table } from '@albackup/core'

/** All that the model has but what is left out, in its own words. */
export function madeSchema(model: SchemaModel, findings: readonly Finding[]): MadeSchema {
  const lost = new Set(
    findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => `${kind} ${object}`),
  )
  const isMade = (kind: string, object: string) => !lost.has(`${kind} ${object}`)
  const { schemas, types, sequences, tables, modules, objects } = model
  return {
    ...{ schemas, types, sequences },
    tables: tables.map((table) => madeTable(table, isMade)),
    modules: modules.filter((module) => isMade(module.kind, fullName(module))),
    ...(objects !== undefined && { objects: objects.filter(({ kind, name }) => isMade(kind, name)) }),
  }
}

function madeTable(table: Table, isMade: (kind: string, object: string) => boolean): Table {
  const { primaryKey, ...parts } = table
  const made = (kind: string) => (part: { readonly name: string }) => isMade(kind, `${fullName(table)}.${part.name}`)
  return {
    ...parts,
    ...(primaryKey !== undefined && made('primary key')(primaryKey) && { primaryKey }),
    uniqueKeys: table.uniqueKeys.filter(made('unique key')),
    foreignKeys: table.foreignKeys.filter(made('foreign key')),
    checks: table.checks.filter(made('check')),
    indexes: table.indexes.filter(made('index')),
  }
}
