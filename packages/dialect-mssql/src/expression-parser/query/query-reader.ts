import type { Aside, Expression, Query } from '@albackup/core'
import { NotUnderstood, type QueryParts, type TokenCursor } from '../token-cursor.ts'
import { folded, type KnownColumn, type KnownRelations, type OpenRelation } from './known-relations.ts'
import { parseQuery } from './query-grammar.ts'
import { QueryScope } from './query-scope.ts'

/** What a query's text is read against: the tables and views, the named queries so far, and the columns in sight. */
export class QueryReader implements QueryParts {
  readonly asides = new Set<Aside>()
  private readonly named = new Map<string, { readonly name: string; readonly columns: readonly KnownColumn[] | null }>()
  private readonly relations: KnownRelations
  private readonly schema: string
  private scope: QueryScope | undefined

  /** `schema`: that of the view. */
  constructor(relations: KnownRelations, schema: string) {
    this.relations = relations
    this.schema = schema
  }

  column(name: string, qualifiers: readonly string[]): Expression {
    if (this.scope === undefined) throw new NotUnderstood()
    return this.scope.column(name, qualifiers)
  }

  subquery(cursor: TokenCursor): Query {
    return parseQuery(cursor, this).query
  }

  table(schema: string | null, name: string): OpenRelation {
    return this.relations.find(schema, name, this.schema)
  }

  /** `columns` null: the query is being read. */
  name(name: string, columns: readonly string[] | null): void {
    this.named.set(folded(name), { name, columns: columns?.map((column) => ({ name: column, hidden: false })) ?? null })
  }

  namedQuery(name: string): { readonly name: string; readonly columns: readonly KnownColumn[] } | undefined {
    const found = this.named.get(folded(name))
    if (found?.columns === null) throw new NotUnderstood(`its query ${name} is recursive`)
    return found && { name: found.name, columns: found.columns }
  }

  /** Runs `read` with the columns of a selection in sight; `beside`: not those of the selection it stands in, as for a derived table. */
  within<Result>(read: (scope: QueryScope) => Result, beside = false): Result {
    const around = this.scope
    const scope = new QueryScope(beside ? around?.outer : around)
    this.scope = scope
    const result = read(scope)
    this.scope = around
    return result
  }
}
