import type { Expression } from '@albackup/core'
import { notUnderstood } from '../token-cursor.ts'

/** A relation of a FROM clause. `columns`: what the clause calls them, with the names that the relation itself has for them. */
export interface ScopeRelation {
  readonly alias: string
  readonly columns: ReadonlyMap<string, string>
  /** Of a table with a primary key, its columns by the table's own names. */
  readonly key?: readonly string[]
}

/** The relations whose columns a selection may name: its own, then those of the selections around it. */
export class QueryScope {
  private readonly relations: ScopeRelation[] = []
  readonly outer: QueryScope | undefined

  constructor(outer?: QueryScope) {
    this.outer = outer
  }

  add(relation: ScopeRelation): void {
    if (this.has(relation.alias)) notUnderstood(`two of its tables are called ${relation.alias}`)
    this.relations.push(relation)
  }

  /** Whether it is a relation of this selection itself. */
  has(alias: string): boolean {
    return this.relations.some((one) => one.alias === alias)
  }

  /** Of a relation of this selection itself. */
  keyOf(alias: string): readonly string[] | undefined {
    return this.relations.find((one) => one.alias === alias)?.key
  }

  column(name: string, qualifier?: string): Expression {
    const named = this.relations.filter(({ alias }) => qualifier === undefined || alias === qualifier)
    const found = named.flatMap(({ alias, columns }) => {
      const own = columns.get(name)
      return own === undefined ? [] : [{ kind: 'column', name: own, of: alias } as const]
    })
    const [column, ...others] = found
    if (others.length > 0) return notUnderstood(`its column ${name} may be of more than one table`)
    return column ?? this.outer?.column(name, qualifier) ?? notUnderstood(`its column ${name} is not known`)
  }
}
