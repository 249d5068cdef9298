import { NameSpace } from '../../names.ts'
import { refuse } from '../printed.ts'
import type { TargetColumn, TargetRelation } from './environment.ts'

/** The relations that a selection names columns of, then those of the selections around it. */
export class PrintScope {
  private readonly relations = new Map<string, TargetRelation>()
  private readonly space = new NameSpace()
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

  column(name: string, of: string | undefined): TargetColumn | undefined {
    if (of === undefined) return undefined
    const relation = this.relations.get(of)
    if (relation === undefined) return this.outer?.column(name, of)
    const column = relation.columns.get(name)
    return column && { ...column, of: relation.name }
  }
}
