import type { LogicalType, TextComparison } from '../model/logical-type.ts'
import type { Expression } from './expression.ts'

/**
 * What a view shows, as a small tree of plain data, with every name resolved: tables and views by their schema, columns by the
 * alias of the relation they are of, `*` as the columns it stood for. What it means is written in docs/expressions.md.
 */
export interface ViewQuery {
  readonly columns: readonly ViewColumn[]
  /** Queries that have a name; each may use those before it. */
  readonly named?: readonly NamedQuery[]
  readonly query: Query
  /** How texts compare that are of no column; absent where that is not known. */
  readonly comparison?: TextComparison
  /** Rows that are written through the view must be rows of it. */
  readonly checked?: true
  /** What the text says besides, and what changes no row. */
  readonly aside?: readonly Aside[]
}

/**
 * 'order': of rows, which a view does not promise; 'locks': how rows are read while others write; 'join method': how tables are joined;
 * 'rights': that its tables are read with the rights of who reads the view, or that no function of theirs sees rows it hides.
 */
export type Aside = 'order' | 'locks' | 'join method' | 'rights'

export interface ViewColumn {
  readonly name: string
  /** As the origin's catalog has it; absent where it does not tell. */
  readonly logical?: LogicalType
}

export interface NamedQuery {
  readonly name: string
  /** One for each column of the query. */
  readonly columns: readonly string[]
  readonly query: Query
}

export type Query = Selection | Combination

/** Two queries with as many columns each, which meet position by position. All but 'union all' show equal rows once. */
export interface Combination {
  readonly kind: 'union all' | 'union' | 'intersect' | 'except'
  readonly left: Query
  readonly right: Query
}

export interface Selection {
  readonly kind: 'select'
  /** Equal rows are shown once. */
  readonly distinct: boolean
  /** The columns; their names are told by what the query is of. */
  readonly items: readonly Expression[]
  /** Joined each with each; empty: one row of no columns. */
  readonly from: readonly Relation[]
  readonly where?: Expression
  /** Absent: no groups, or with an aggregate in `items` or `having` one of all rows. */
  readonly groupBy?: readonly Expression[]
  readonly having?: Expression
}

/** `alias`: unique among the relations of a selection; columns are named with it. */
export type Relation =
  | { readonly kind: 'table'; readonly schema: string; readonly name: string; readonly alias: string }
  /** One of the named queries. */
  | { readonly kind: 'named'; readonly name: string; readonly alias: string }
  | {
      readonly kind: 'query'
      readonly query: Query
      /** One for each column of the query. */
      readonly columns: readonly string[]
      readonly alias: string
      /** It may name columns of the relations before it, and is made anew for each of their rows. */
      readonly lateral?: true
    }
  | Join

export interface Join {
  readonly kind: 'join'
  readonly join: 'inner' | 'left' | 'right' | 'full' | 'cross'
  readonly left: Relation
  readonly right: Relation
  /** Absent for a cross join, and for a left join of a lateral query, which is with all its rows. */
  readonly on?: Expression
}
