import type { Expression } from '../expression/expression.ts'
import type { Index } from '../model/schema-model.ts'

/** Whether every row without a NULL in the key is in the index: it has no filter, or one that leaves out NULLs of the key alone. */
export function hasEveryKey({ columns, filter }: Pick<Index, 'columns' | 'filter'>): boolean {
  if (filter === undefined) return true
  const names = new Set(columns.map(({ name }) => name))
  return filter.meaning !== undefined && leavesOutNulls(filter.meaning, names)
}

function leavesOutNulls(filter: Expression, columns: ReadonlySet<string>): boolean {
  if (filter.kind === 'binary' && filter.operator === 'and') {
    return leavesOutNulls(filter.left, columns) && leavesOutNulls(filter.right, columns)
  }
  if (filter.kind !== 'is-null' || !filter.negated) return false
  return filter.operand.kind === 'column' && columns.has(filter.operand.name)
}
