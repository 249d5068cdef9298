import type { PlannedTable, RestorePlan } from '../dialect/dialect.ts'
import { neutralName, unquoted } from '../model/neutral-form.ts'
import type { QualifiedName, SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { type Part, pairWanted } from './wanted-parts.ts'

/** Something of the plan that is not in the target as the plan wants it, or that its tables have beyond the plan; plain data. */
export interface MissingPart {
  /** In the source: `schema.table`; of what belongs to no table, or is an object of its own, its full name. */
  readonly table: string
  /** In the words of findings: 'index', 'foreign key', 'column', … */
  readonly kind: string
  /** In the source; in the target where the plan has no such part. */
  readonly name: string
  readonly sentence: string
}

/**
 * The columns, keys, indexes, foreign keys and checks of a planned table that the table in the target has not. Each is looked
 * for as `pairWanted` says. What the plan leaves out is not looked for. For a plan that does not say what it makes.
 */
export function missingParts(planned: PlannedTable, there: Table, plan: RestorePlan): readonly MissingPart[] {
  const columns = missingColumns(planned, there)
  const parts = partsOf(planned.source, namesOfColumns(planned), namesOfTables(plan))
  const wanted = parts.filter(({ kind, name }) => !isLeftOut(plan, planned, kind, name))
  const found = pairWanted(wanted, partsOf(there, new Map(), new Map())).without
  const table = fullName(planned.source)
  const missing = (kind: string, name: string) => ({
    table,
    kind,
    name,
    sentence: `table ${table}: ${kind} ${name} is not in the target`,
  })
  return [...columns.map((name) => missing('column', name)), ...found.map(({ kind, name }) => missing(kind, name))]
}

/** The names, in the target, of planned columns that the table has not. */
export function missingColumns({ columns }: PlannedTable, there: Table): readonly string[] {
  const names = new Set(there.columns.map(({ name }) => name.toLowerCase()))
  return columns
    .filter(({ omitted }) => omitted !== true)
    .flatMap(({ name, companion }) => (companion === undefined ? [name] : [name, companion.name]))
    .filter((name) => !names.has(name.toLowerCase()))
}

/** The planned table as it is in the target; a server may keep names in another case. */
export function findPlanned({ schema, name }: QualifiedName, { tables }: SchemaModel): Table | undefined {
  const folded = fullName({ schema, name }).toLowerCase()
  return (
    tables.find((table) => table.schema === schema && table.name === name) ??
    tables.find((table) => fullName(table).toLowerCase() === folded)
  )
}

/** Findings name an object in the source as a dialect writes names: with quotes, with brackets, or as they are. */
function isLeftOut({ findings }: RestorePlan, { source }: PlannedTable, kind: string, name: string): boolean {
  const object = unquoted(`${fullName(source)}.${name}`)
  return findings.some((one) => one.severity === 'lost' && one.kind === kind && unquoted(one.object) === object)
}

/** `columns`, `tables`: other names that what it is over has in the target. */
function partsOf(
  { primaryKey, uniqueKeys, indexes, foreignKeys, checks }: Table,
  columns: ReadonlyMap<string, string>,
  tables: ReadonlyMap<string, string>,
): readonly Part[] {
  const listed = (names: readonly string[]) => names.map((name) => neutralName(columns.get(name) ?? name)).join(', ')
  const over = (part: { readonly columns: readonly { readonly name: string }[] }) =>
    listed(part.columns.map(({ name }) => name))
  const parts = [
    ...(primaryKey === undefined ? [] : [{ kind: 'primary key', name: primaryKey.name, over: over(primaryKey) }]),
    ...uniqueKeys.map((key) => ({ kind: 'unique key', name: key.name, over: over(key) })),
    ...indexes.map((index) => ({ kind: 'index', name: index.name, over: over(index) })),
    ...foreignKeys.map((key) => {
      const parent = tables.get(fullName(key.references)) ?? fullName(key.references)
      return { kind: 'foreign key', name: key.name, over: `${listed(key.columns)} to ${neutralName(parent)}` }
    }),
    ...checks.map(({ name }) => ({ kind: 'check', name, over: null })),
  ]
  return parts.map((part) => ({ ...part, aspects: {} }))
}

function namesOfColumns({ columns }: PlannedTable): ReadonlyMap<string, string> {
  return new Map(columns.map(({ source, name }) => [source.name, name]))
}

function namesOfTables({ tables }: RestorePlan): ReadonlyMap<string, string> {
  return new Map(tables.map((table) => [fullName(table.source), fullName(table)]))
}
