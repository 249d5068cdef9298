import type { Expression } from '@albackup/core'
import { NotUnderstood } from '../token-cursor.ts'
import { folded, type KnownColumn } from './known-relations.ts'

/** A relation of a FROM clause, as its columns are named there. */
export interface ScopeRelation {
  readonly alias: string
  /** Of a table without an alias, whose columns may be named with it. */
  readonly schema?: string
  readonly columns: readonly KnownColumn[]
}

/** The relations whose columns a selection may name: its own, then those of the selections around it. */
export class QueryScope {
  readonly relations: ScopeRelation[] = []
  readonly outer: QueryScope | undefined

  constructor(outer?: QueryScope) {
    this.outer = outer
  }

  add(relation: ScopeRelation): void {
    if (this.relations.some(({ alias }) => folded(alias) === folded(relation.alias))) {
      throw new NotUnderstood(`two of its tables are called ${relation.alias}`)
    }
    this.relations.push(relation)
  }

  /** The relations that are named so; all for no qualifiers. */
  matching(qualifiers: readonly string[]): readonly ScopeRelation[] {
    const [table, schema, ...more] = qualifiers.toReversed()
    if (more.length > 0) throw new NotUnderstood('it names another database')
    if (table === undefined) return this.relations
    return this.relations.filter(
      (one) =>
        folded(one.alias) === folded(table) &&
        (schema === undefined || (one.schema !== undefined && folded(one.schema) === folded(schema))),
    )
  }

  column(name: string, qualifiers: readonly string[]): Expression {
    const found = this.matching(qualifiers).flatMap(({ alias, columns }) =>
      columnsCalled(name, columns).map((column) => ({ kind: 'column', name: column.name, of: alias }) as const),
    )
    if (found.length > 1) throw new NotUnderstood(`its column ${name} may be of more than one table`)
    const [column] = found
    if (column !== undefined) return column
    if (this.outer !== undefined) return this.outer.column(name, qualifiers)
    throw new NotUnderstood(`its column ${[...qualifiers, name].join('.')} is not known`)
  }
}

function columnsCalled(name: string, columns: readonly KnownColumn[]): readonly KnownColumn[] {
  const alike = columns.filter((column) => folded(column.name) === folded(name))
  const exact = alike.filter((column) => column.name === name)
  return exact.length === 1 ? exact : alike
}
