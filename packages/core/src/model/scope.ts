import { UsageError } from '../errors.ts'
import type { Module, QualifiedName, SchemaModel, Table } from './schema-model.ts'

/** Which tables a job is about. Patterns: `*` any characters, `?` one; without a dot they match in any schema; case is ignored. */
export interface Scope {
  /** Empty: all tables. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Only the rows that fulfil the condition, for the tables that the pattern matches. */
  readonly where?: readonly RowCondition[]
}

export interface RowCondition {
  /** A pattern, as in `include`. */
  readonly table: string
  /** In the words of the source's engine. */
  readonly predicate: string
}

/** Whether the scope's patterns select a table of that name. */
export function inScope(scope: Scope, table: QualifiedName): boolean {
  const matches = (pattern: string) => fits(pattern, table)
  return (scope.include.length === 0 || scope.include.some(matches)) && !scope.exclude.some(matches)
}

/** The condition that the rows of the table have to fulfil; null when there is none. */
export function conditionOf(scope: Scope, table: QualifiedName): string | null {
  const predicates = (scope.where ?? []).filter((one) => fits(one.table, table)).map(({ predicate }) => predicate)
  return predicates.length < 2 ? (predicates[0] ?? null) : predicates.map((one) => `(${one})`).join(' and ')
}

/**
 * The model with the tables of the scope only, and what belongs to them. A pattern that matches no table is a UsageError, and so are
 * patterns that leave none of the tables there are.
 */
export function applyScope(model: SchemaModel, scope: Scope): SchemaModel {
  for (const pattern of [...scope.include, ...scope.exclude]) requireMatch(model.tables, pattern)
  const scoped = withinScope(model, scope)
  if (scoped.tables.length === 0 && model.tables.length > 0) throw nothingLeft(model.tables, scope)
  for (const { table } of scope.where ?? []) requireMatch(scoped.tables, table)
  return scoped
}

/** The same, and no pattern has to match. */
export function withinScope(model: SchemaModel, scope: Scope): SchemaModel {
  const tables = model.tables.filter((table) => inScope(scope, table))
  if (tables.length === model.tables.length) return model
  const kept = new Set(tables.map(fullName))
  return {
    ...model,
    tables,
    modules: model.modules.filter(({ kind, on }) => kind !== 'trigger' || on === undefined || !isLost(model, kept, on)),
    ...(model.objects !== undefined && {
      objects: model.objects.filter(({ table }) => table === undefined || kept.has(fullName(table))),
    }),
  }
}

/** A table of the model that is not in the scope; triggers may also be on views. */
function isLost(model: SchemaModel, kept: ReadonlySet<string>, name: QualifiedName): boolean {
  return !kept.has(fullName(name)) && model.tables.some((table) => fullName(table) === fullName(name))
}

function requireMatch(tables: readonly Table[], pattern: string): void {
  if (tables.some((table) => fits(pattern, table))) return
  throw new UsageError(`cannot select tables: pattern "${pattern}" matches none of the ${tables.length} tables`, {
    hint: 'Patterns are matched against schema.table, for example "dbo.Order*".',
  })
}

function nothingLeft({ length }: readonly Table[], { include, exclude }: Scope): UsageError {
  const patterns = exclude.map((pattern) => `"${pattern}"`).join(', ')
  const them = length === 1 ? 'the only table' : `all ${length} tables`
  const words = include.length === 0 ? them : `every table that "${include.join('", "')}" includes`
  return new UsageError(`cannot select tables: to exclude ${patterns} leaves out ${words}`, {
    hint: 'What is excluded is left out also where it is included.',
  })
}

function fits(pattern: string, table: QualifiedName): boolean {
  return globExpression(pattern).test(pattern.includes('.') ? fullName(table) : table.name)
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

/** What tells a module from all others of its kind: an engine may have triggers of one name on several tables. */
export function moduleName({ schema, name, on }: Pick<Module, 'schema' | 'name' | 'on'>): string {
  const own = fullName({ schema, name })
  return on === undefined ? own : `${own} on ${fullName(on)}`
}
