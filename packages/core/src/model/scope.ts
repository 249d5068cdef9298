import { UsageError } from '../errors.ts'
import type { QualifiedName, SchemaModel, Table } from './schema-model.ts'

/** Which tables a job is about. Patterns: `*` any characters, `?` one; without a dot they match in any schema; case is ignored. */
export interface Scope {
  /** Empty: all tables. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** The model with the tables of the scope only. A pattern that matches no table is a UsageError. */
export function applyScope(model: SchemaModel, scope: Scope): SchemaModel {
  const include = scope.include.map((pattern) => tablesOf(model, pattern))
  const excluded = new Set(scope.exclude.flatMap((pattern) => tablesOf(model, pattern)))
  const included = new Set(include.length === 0 ? model.tables : include.flat())
  return { ...model, tables: model.tables.filter((table) => included.has(table) && !excluded.has(table)) }
}

function tablesOf(model: SchemaModel, pattern: string): readonly Table[] {
  const expression = globExpression(pattern)
  const tables = model.tables.filter((table) => expression.test(pattern.includes('.') ? fullName(table) : table.name))
  if (tables.length > 0) return tables
  throw new UsageError(`cannot select tables: pattern "${pattern}" matches none of the ${model.tables.length} tables`, {
    hint: 'Patterns are matched against schema.table, for example "dbo.Order*".',
  })
}

function globExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'isu')
}

/** `schema.table`, as messages of core and patterns have it. */
export function fullName(name: QualifiedName): string {
  return `${name.schema}.${name.name}`
}
