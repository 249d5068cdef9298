import type { Expression, Selection } from '@albackup/core'
import { partsOf } from '@albackup/core/printing'
import { notUnderstood } from '../token-cursor.ts'
import type { QueryScope } from './query-scope.ts'

/**
 * PostgreSQL shows columns that are no groups where the primary key of their table is among these, on which they depend; here they are
 * groups, too, and divide none of the others. What is shown of a group in other words than those of GROUP BY is not understood: a
 * column in it would divide the rows further.
 */
export function withDependentColumns(selection: Selection, scope: QueryScope): Selection {
  const { groupBy, items, having } = selection
  if (groupBy === undefined) return selection
  const groups = new Map(groupBy.map((group) => [JSON.stringify(group), group]))
  const parts = new Set(groupBy.map(partOfDate).map((part) => JSON.stringify(part)))
  const isGrouped = (name: string, of: string) => groups.has(JSON.stringify({ kind: 'column', name, of }))
  const requireKey = (of: string, name: string): void => {
    const isDependent = scope.keyOf(of)?.every((part) => isGrouped(part, of))
    if (!isDependent) notUnderstood(`it shows ${name} of groups in other words than those that make them`)
  }
  const visit = (expression: Expression): void => {
    const identity = JSON.stringify(expression)
    if (groups.has(identity) || expression.kind === 'aggregate') return
    const isOwn = expression.kind === 'column' && expression.of !== undefined && scope.has(expression.of)
    if (isOwn) requireKey(expression.of!, expression.name)
    if (isOwn || parts.has(identity)) groups.set(identity, expression)
    else partsOf(expression).forEach(visit)
  }
  for (const item of items) visit(item)
  if (having !== undefined) visit(having)
  return { ...selection, groupBy: [...groups.values()] }
}

/** A part of a date without the type that PostgreSQL gives it, which tells the same rows apart; undefined for all else. */
function partOfDate(group: Expression): Expression | undefined {
  const part = group.kind === 'convert' ? group.operand : undefined
  return part?.kind === 'call' && part.name === 'date-part' ? part : undefined
}
