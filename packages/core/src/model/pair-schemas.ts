import { neutralName } from './neutral-form.ts'
import type { SchemaModel, Table } from './schema-model.ts'

/**
 * `b` with its schemas under the names that they have in `a`, where that is certain: one schema of each side is without a
 * partner of its name (`dbo` here, `public` there). The sentences say what was taken for the same.
 */
export function pairSchemas(
  a: SchemaModel,
  b: SchemaModel,
): { readonly b: SchemaModel; readonly sentences: readonly string[] } {
  const [ofA, ofB] = [schemasOf(a), schemasOf(b)]
  const without = (schemas: readonly string[], others: readonly string[]) =>
    schemas.filter((one) => !others.some((other) => neutralName(other) === neutralName(one)))
  const [onlyA, onlyB] = [without(ofA, ofB), without(ofB, ofA)]
  const [from, to] = [onlyB[0], onlyA[0]]
  if (onlyA.length !== 1 || onlyB.length !== 1 || from === undefined || to === undefined) return { b, sentences: [] }
  const renamed = (schema: string) => (schema === from ? to : schema)
  return {
    b: { ...b, tables: b.tables.map((table) => renameSchemas(table, renamed)) },
    sentences: [`the names of schemas: ${to} of A is taken for ${from} of B`],
  }
}

function schemasOf({ tables }: SchemaModel): readonly string[] {
  return [...new Set(tables.map(({ schema }) => schema))]
}

function renameSchemas(table: Table, renamed: (schema: string) => string): Table {
  return {
    ...table,
    schema: renamed(table.schema),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      references: { ...key.references, schema: renamed(key.references.schema) },
    })),
  }
}
