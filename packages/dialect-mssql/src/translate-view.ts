import type { Expression, LogicalType, Query, ViewQuery } from '@albackup/core'
import { type NotTranslated, refuse, translate } from '@albackup/core/printing'
import type { ContextColumn } from './expression-printer/context.ts'
import type { QueryEnvironment } from './expression-printer/query/environment.ts'
import { type PreparedQuery, showColumns } from './expression-printer/query/prepared-query.ts'
import { QueryPrinter } from './expression-printer/query/query-printer.ts'

export type { QueryEnvironment, TargetRelation } from './expression-printer/query/environment.ts'

export interface TranslatedView {
  /** The query, without what makes a view of it. */
  readonly sql: string
  /** What its columns are called, in order, not yet quoted. */
  readonly names: readonly string[]
  /** By their names in the source. */
  readonly columns: ReadonlyMap<string, ContextColumn>
}

/**
 * A view's query in T-SQL, when it is proven to show the same rows; else why not: the end of a sentence.
 * `wanted`: what the columns are to be called, in order. See docs/expressions.md.
 */
export function translateView(
  view: ViewQuery,
  wanted: readonly string[],
  environment: QueryEnvironment,
): TranslatedView | NotTranslated {
  return translate(() => {
    const printer = new QueryPrinter({ ...environment, ...(view.comparison && { comparison: view.comparison }) })
    const named = printer.printNamed(view.named ?? [])
    const query = printer.prepare(withTypedNulls(view))
    if (query.columns.length !== view.columns.length) refuse('its columns are not those of its query')
    if (query.columns.length === 0) refuse('SQL Server has no view without columns')
    requireTypes(view, query)
    const sources = view.columns.map(({ name }) => name)
    const { names, columns } = showColumns(query, sources, printer.environment, wanted)
    return { sql: [...named, ...query.clauses()].join('\n'), names, columns }
  })
}

/** A column that is NULL in all rows has the type that the source's server has given it. */
function withTypedNulls({ columns, query }: ViewQuery): Query {
  if (query.kind !== 'select') return query
  const items = query.items.map((item, place): Expression => {
    const type = columns[place]?.logical
    const isNull = item.kind === 'literal' && item.value.type === 'null'
    return isNull && type !== undefined ? { kind: 'convert', operand: item, type, style: null } : item
  })
  return { ...query, items }
}

/** What the source's server worked out for a column has to be what is worked out here. */
function requireTypes({ columns }: ViewQuery, query: PreparedQuery): void {
  for (const [place, { name, logical }] of columns.entries()) {
    const { direct, value } = query.columns[place]!
    if (direct !== undefined || logical === undefined) continue
    const { type } = value()
    if (type.kind === 'null' || type.kind === 'condition' || isSameType(logical, type)) continue
    refuse(`its column ${name} has another type in the source than what it shows`)
  }
}

function isSameType(catalog: LogicalType, type: LogicalType): boolean {
  const isSized = (kind: string) => kind === 'integer' || kind === 'float'
  if (catalog.kind !== type.kind) return false
  return !isSized(catalog.kind) || ('bits' in catalog && 'bits' in type && catalog.bits === type.bits)
}
