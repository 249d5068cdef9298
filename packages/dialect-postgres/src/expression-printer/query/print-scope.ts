import type { ExpressionOf } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { NameSpace } from '../../names.ts'
import type { TargetColumn, TargetRelation } from './environment.ts'

type ColumnExpression = ExpressionOf<'column'>

/** The relations that a selection names columns of, then those of the selections around it. */
export class PrintScope {
  private readonly relations = new Map<string, TargetRelation>()
  private readonly space = new NameSpace()
  private readonly grouped = new Set<string>()
  readonly outer: PrintScope | undefined

  constructor(outer?: PrintScope) {
    this.outer = outer
  }

  /** Gives the name that the relation has in the selection, not yet quoted. `wanted`: its alias, or its own name. */
  add(alias: string, wanted: string, columns: TargetRelation['columns']): string {
    if (this.relations.has(alias)) refuse(`two of its tables are called ${alias}`)
    const name = this.space.claim(wanted)
    this.relations.set(alias, { sql: '', name, columns })
    return name
  }

  /** Its rows are grouped by a text, which need not be the same in all rows of a group: PostgreSQL knows its key there, and no column. */
  group({ name, of }: ColumnExpression): void {
    this.grouped.add(JSON.stringify([of, name]))
  }

  column(name: string, of: string | undefined): TargetColumn | undefined {
    if (of === undefined) return undefined
    const relation = this.relations.get(of)
    if (relation === undefined) return this.outer?.columnWithin(name, of)
    const column = relation.columns.get(name)
    return column && { ...column, of: relation.name }
  }

  /** As a query within names it. */
  private columnWithin(name: string, of: string): TargetColumn | undefined {
    const isGrouped = this.grouped.has(JSON.stringify([of, name]))
    return isGrouped ? refuse('a query within it names a text by which its rows are grouped') : this.column(name, of)
  }
}
