import type { Expression, Selection } from '@albackup/core'
import { partsOf } from '@albackup/core/printing'
import type { QueryScope } from './query-scope.ts'

/**
 * PostgreSQL shows columns that are no groups where a key of their table is one, which they depend on; here they are groups, too,
 * and divide none of the others.
 */
export function withDependentColumns(selection: Selection, scope: QueryScope): Selection {
  const { groupBy, items, having } = selection
  if (groupBy === undefined) return selection
  const groups = new Map(groupBy.map((group) => [JSON.stringify(group), group]))
  const visit = (expression: Expression): void => {
    const identity = JSON.stringify(expression)
    if (groups.has(identity) || expression.kind === 'aggregate') return
    const isOwn = expression.kind === 'column' && expression.of !== undefined && scope.has(expression.of)
    if (isOwn) groups.set(identity, expression)
    else partsOf(expression).forEach(visit)
  }
  for (const item of items) visit(item)
  if (having !== undefined) visit(having)
  return { ...selection, groupBy: [...groups.values()] }
}
