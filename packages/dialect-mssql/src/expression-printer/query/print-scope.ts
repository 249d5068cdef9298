import type { NameSpace } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import type { ContextColumn } from '../context.ts'
import type { QueryEnvironment, TargetRelation } from './environment.ts'

/**
 * The relations that a selection names columns of, then those of the selections around it. Names that the target takes for one are
 * different in the source: each is called as none of those around it.
 */
export class PrintScope {
  private readonly relations = new Map<string, Pick<TargetRelation, 'name' | 'columns'>>()
  private readonly space: NameSpace
  readonly outer: PrintScope | undefined

  constructor({ nameSpace }: Pick<QueryEnvironment, 'nameSpace'>, outer?: PrintScope) {
    this.space = nameSpace(outer?.names() ?? [])
    this.outer = outer
  }

  /** Gives the name that the relation has in the selection, not yet quoted. `wanted`: its alias, or its own name. */
  add(alias: string, wanted: string, columns: TargetRelation['columns']): string {
    if (this.relations.has(alias)) refuse(`two of its tables are called ${alias}`)
    const name = this.space.claim(wanted)
    this.relations.set(alias, { name, columns })
    return name
  }

  private names(): readonly string[] {
    return [...Array.from(this.relations.values(), ({ name }) => name), ...(this.outer?.names() ?? [])]
  }

  column(name: string, of: string | undefined): ContextColumn | undefined {
    const relation = this.relations.get(of ?? '')
    if (relation === undefined) return this.outer?.column(name, of)
    const column = relation.columns.get(name)
    return column && { ...column, of: relation.name }
  }
}
