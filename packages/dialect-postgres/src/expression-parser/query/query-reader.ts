import type { Aside, Expression, QualifiedName, Query } from '@albackup/core'
import type { QueryParts, TokenCursor } from '../token-cursor.ts'
import type { KnownRelations } from './known-relations.ts'
import { parseQuery } from './query-grammar.ts'
import { QueryScope } from './query-scope.ts'

/** What a query's text is read against: the tables and views, the named queries so far, and the columns in sight. */
export class QueryReader implements QueryParts {
  readonly asides = new Set<Aside>()
  private readonly relations: KnownRelations
  private readonly named = new Map<string, readonly string[]>()
  private scope = new QueryScope()

  constructor(relations: KnownRelations) {
    this.relations = relations
  }

  column(name: string, qualifier?: string): Expression {
    return this.scope.column(name, qualifier)
  }

  subquery(cursor: TokenCursor): Query {
    return parseQuery(cursor, this).query
  }

  columnsOf(table: QualifiedName): readonly string[] {
    return this.relations.columnsOf(table)
  }

  keyOf(table: QualifiedName): readonly string[] | undefined {
    return this.relations.keyOf(table)
  }

  /** From then on the query has its name. */
  name(name: string, columns: readonly string[]): void {
    this.named.set(name, columns)
  }

  /** The columns of a query that has a name. */
  namedColumns(name: string): readonly string[] | undefined {
    return this.named.get(name)
  }

  /** Runs `read` with the columns of a selection in sight; `beside`: not those of the selection it stands in, as for a derived table. */
  within<Result>(read: (scope: QueryScope) => Result, beside = false): Result {
    const around = this.scope
    const scope = new QueryScope(beside ? around.outer : around)
    this.scope = scope
    const result = read(scope)
    this.scope = around
    return result
  }
}
