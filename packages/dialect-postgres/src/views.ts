import type { LogicalType, LogicalTypeOf, ViewQuery } from '@albackup/core'
import { type NotTranslated, refuse, translate } from '@albackup/core/printing'
import type { QueryEnvironment, TargetColumn } from './expression-printer/query/environment.ts'
import { type PreparedQuery, showColumns } from './expression-printer/query/prepared-query.ts'
import { QueryPrinter } from './expression-printer/query/query-printer.ts'
import { columnNames } from './names.ts'

export type { QueryEnvironment, TargetColumn, TargetRelation } from './expression-printer/query/environment.ts'

export interface TranslatedView {
  /** The query, without what makes a view of it. */
  readonly sql: string
  /** What its columns are called, in order, not yet quoted. */
  readonly names: readonly string[]
  /** By their names in the source. */
  readonly columns: ReadonlyMap<string, TargetColumn>
}

/**
 * A view's query in PostgreSQL's words, when it is proven to show the same rows; else why not: the end of a sentence.
 * `wanted`: what the columns are to be called, in order. See docs/expressions.md.
 */
export function translateView(
  view: ViewQuery,
  wanted: readonly string[],
  environment: QueryEnvironment,
): TranslatedView | NotTranslated {
  return translate(() => {
    const printer = new QueryPrinter({ ...environment, ...(view.comparison && { comparison: view.comparison }) })
    const named = (view.named ?? []).map((query) => printer.printNamed(query))
    const query = printer.prepare(view.query)
    if (query.columns.length !== view.columns.length) refuse('its columns are not those of its query')
    const sources = view.columns.map(({ name }) => name)
    requireTypes(view, query)
    const { names, columns } = showColumns(query, sources, printer.environment, columnNames(), wanted)
    return {
      sql: [...(named.length === 0 ? [] : [`with ${named.join(',\n')}`]), ...query.clauses()].join('\n'),
      names,
      columns: withCatalogTypes(view, columns),
    }
  })
}

/** What the source's server worked out for a column has to be what is worked out here. */
function requireTypes({ columns }: ViewQuery, query: PreparedQuery): void {
  for (const [place, { name, logical }] of columns.entries()) {
    const { direct, value } = query.columns[place]!
    const type = direct?.logical ?? value().type
    if (logical === undefined || type.kind === 'null' || type.kind === 'condition') continue
    if (!isSameType(logical, type)) refuse(`its column ${name} has another type in the source than what it shows`)
  }
}

function isSameType(catalog: LogicalType, type: LogicalType): boolean {
  if (catalog.kind === 'integer' && type.kind === 'integer') return catalog.bits === type.bits
  if (catalog.kind === 'float' && type.kind === 'float') return catalog.bits === type.bits
  // A server that keeps no scale of what is computed says 38 of 38 digits.
  if (catalog.kind === 'decimal' && type.kind === 'decimal') return catalog.scale === type.scale || catalog.scale === 38
  if (catalog.kind === 'timestamp' && type.kind === 'timestamp') return catalog.step === type.step
  if (catalog.kind === 'text' && type.kind === 'text') return catalog.fixed === type.fixed
  return catalog.kind === type.kind
}

/** Of a text the catalog knows the collation, also where the view makes it out of nothing. */
function withCatalogTypes(
  { columns }: ViewQuery,
  shown: ReadonlyMap<string, TargetColumn>,
): ReadonlyMap<string, TargetColumn> {
  const types = new Map(columns.map(({ name, logical }) => [name, logical]))
  return new Map(
    [...shown].map(([source, column]) => {
      const logical = types.get(source)
      const known = logical?.kind === 'text' && column.logical.kind === 'text' && column.inferred
      return [source, known ? { ...column, logical: { ...column.logical, ...comparisonOf(logical) } } : column]
    }),
  )
}

function comparisonOf({ comparison }: LogicalTypeOf<'text'>) {
  return comparison === undefined ? {} : { comparison }
}
