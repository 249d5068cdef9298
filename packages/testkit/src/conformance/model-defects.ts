import { fullName, type Key, type SchemaModel, type Table } from '@albackup/core'

/** What is wrong with a model by itself, as sentences; none when it is sound. */
export function modelDefects(model: SchemaModel): readonly string[] {
  const tables = new Map(model.tables.map((table) => [fullName(table), table]))
  const schemas = new Set(model.schemas.map((schema) => schema.name))
  return [
    ...repeated(model.tables.map(fullName)).map((name) => `table ${name} is there twice`),
    ...model.tables.filter((table) => !schemas.has(table.schema)).map((table) => `${fullName(table)} has no schema`),
    ...model.tables.flatMap((table) => tableDefects(table, tables)),
    ...(JSON.stringify(JSON.parse(JSON.stringify(model))) === JSON.stringify(model) ? [] : ['it is not plain data']),
  ]
}

function tableDefects(table: Table, tables: ReadonlyMap<string, Table>): readonly string[] {
  const name = fullName(table)
  const columns = table.columns.map((column) => column.name)
  const keys: readonly Key[] = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniqueKeys]
  const used = [
    ...keys.flatMap((key) => key.columns.map((column) => column.name)),
    ...table.indexes.flatMap((index) => [...index.columns.map((column) => column.name), ...index.included]),
    ...table.foreignKeys.flatMap((key) => key.columns),
  ]
  return [
    ...(columns.length === 0 ? [`${name} has no columns`] : []),
    ...repeated(columns).map((column) => `${name}.${column} is there twice`),
    ...used.filter((column) => !columns.includes(column)).map((column) => `${name} uses a column ${column} it lacks`),
    ...table.foreignKeys.flatMap((key) => {
      const parent = tables.get(fullName(key.references))
      if (!parent) return [`${name}.${key.name} refers to no table of the model`]
      if (key.columns.length !== key.references.columns.length) return [`${name}.${key.name} has unequal halves`]
      const known = parent.columns.map((column) => column.name)
      return key.references.columns
        .filter((column) => !known.includes(column))
        .map((column) => `${name}.${key.name} refers to a column ${column} that is not there`)
    }),
  ]
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i)
}
