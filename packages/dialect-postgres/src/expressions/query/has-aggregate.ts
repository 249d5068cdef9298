import type { Expression } from '@albackup/core'

/** Whether an aggregate is in it, those of queries within it aside. */
export function hasAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'aggregate':
      return true
    case 'unary':
    case 'is-null':
    case 'convert':
    case 'in':
      return hasAggregate(expression.operand)
    case 'binary':
      return hasAggregate(expression.left) || hasAggregate(expression.right)
    case 'like':
      return hasAggregate(expression.operand) || hasAggregate(expression.pattern)
    case 'call':
      return expression.arguments.some(hasAggregate)
    case 'case':
      return (
        expression.branches.some(({ when, result }) => hasAggregate(when) || hasAggregate(result)) ||
        (expression.otherwise !== null && hasAggregate(expression.otherwise))
      )
    case 'literal':
    case 'column':
    case 'next-value':
    case 'exists':
    case 'subquery':
      return false
  }
}
