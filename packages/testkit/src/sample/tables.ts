import type { Column, ForeignKey, Key, LogicalType, SchemaModel, Table } from '@albackup/core'

/** Tables of samples in few words; everything not said is absent. */

export function sampleColumn(name: string, logical: LogicalType, facts: Partial<Column> = {}): Column {
  return { name, native: { declaration: declarationOf(logical) }, logical, nullable: false, ...facts }
}

export function sampleTable(
  schema: string,
  name: string,
  columns: readonly Column[],
  facts: Partial<Table> = {},
): Table {
  return { schema, name, columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [], ...facts }
}

export function sampleKey(name: string, ...columns: readonly string[]): Key {
  return {
    name,
    systemNamed: false,
    clustered: false,
    columns: columns.map((column) => ({ name: column, descending: false })),
  }
}

export function sampleForeignKey(
  name: string,
  columns: readonly string[],
  references: ForeignKey['references'],
): ForeignKey {
  return {
    name,
    systemNamed: false,
    columns,
    references,
    onDelete: 'no action',
    onUpdate: 'no action',
    enabled: true,
    trusted: true,
  }
}

export function sampleModel(tables: readonly Table[]): SchemaModel {
  const schemas = [...new Set(tables.map((table) => table.schema))].sort()
  return {
    dialect: 'memory',
    database: { name: 'sample', collation: null },
    schemas: schemas.map((name) => ({ name })),
    types: [],
    sequences: [],
    tables,
    modules: [],
    leftBehind: [],
  }
}

/** The memory dialect's own words for a type: its kind and what the kind carries. */
function declarationOf(logical: LogicalType): string {
  const { kind, ...facts } = logical
  const values = Object.values(facts).map(String)
  return values.length === 0 ? kind : `${kind}(${values.join(',')})`
}
