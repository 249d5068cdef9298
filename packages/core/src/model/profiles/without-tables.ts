import type { QualifiedName, SchemaModel } from '../schema-model.ts'
import { fullName } from '../scope.ts'

/** The model without those tables and what belongs to them: their triggers and native objects. */
export function withoutTables(model: SchemaModel, tables: readonly QualifiedName[]): SchemaModel {
  const gone = new Set(tables.map(fullName))
  const belongs = (table: QualifiedName | undefined) => table !== undefined && gone.has(fullName(table))
  return {
    ...model,
    tables: model.tables.filter((table) => !belongs(table)),
    modules: model.modules.filter(({ kind, on }) => kind !== 'trigger' || !belongs(on)),
    ...(model.objects !== undefined && { objects: model.objects.filter(({ table }) => !belongs(table)) }),
  }
}
