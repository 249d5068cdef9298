import type { Expression } from './expression.ts'

/** Whether the expression or one of its parts fulfils the condition; what is in queries within it is no part. */
export function someWithin(expression: Expression, condition: (part: Expression) => boolean): boolean {
  return condition(expression) || partsOf(expression).some((part) => someWithin(part, condition))
}

/** Whether one of the parts that its value may be made of fulfils the condition: the conditions of a CASE are none. */
export function someValueWithin(expression: Expression, condition: (part: Expression) => boolean): boolean {
  const parts = partsOf(expression.kind === 'case' ? { ...expression, branches: [] } : expression)
  const results = expression.kind === 'case' ? expression.branches.map(({ result }) => result) : []
  return condition(expression) || [...parts, ...results].some((part) => someValueWithin(part, condition))
}

/** The expressions that it is made of; those of a query within it are none. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'aggregate':
      return expression.argument === null ? [] : [expression.argument]
    case 'unary':
    case 'is-null':
    case 'convert':
    case 'in':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'like':
      return [expression.operand, expression.pattern]
    case 'call':
      return expression.arguments
    case 'case': {
      const { branches, otherwise } = expression
      return [...branches.flatMap(({ when, result }) => [when, result]), ...(otherwise === null ? [] : [otherwise])]
    }
    case 'literal':
    case 'column':
    case 'next-value':
    case 'exists':
    case 'subquery':
      return []
  }
}
