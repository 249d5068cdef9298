import type { BinaryOperator, ComparisonOperator, Expression } from '@albackup/core'
import { BOOLEAN, choose, compare, convert, integer, isConstant, isNull, join, NULL } from './tree.ts'

/** PostgreSQL takes booleans for conditions and conditions for booleans; the tree tells them apart. */

export const TRUE = convert(integer(1), BOOLEAN)
export const FALSE = convert(integer(0), BOOLEAN)

const BINARY_CONDITIONS: readonly string[] = ['and', 'or', '=', '<>', '<', '<=', '>', '>=']

const CONDITIONS: readonly Expression['kind'][] = ['is-null', 'like', 'exists', 'in']

function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case 'binary':
      return BINARY_CONDITIONS.includes(expression.operator)
    case 'unary':
      return expression.operator === 'not'
    default:
      return CONDITIONS.includes(expression.kind)
  }
}

export function asCondition(expression: Expression): Expression {
  if (isCondition(expression)) return expression
  if (expression === TRUE) return compare('=', integer(1), integer(1))
  if (expression === FALSE) return compare('=', integer(1), integer(0))
  return compare('=', expression, integer(1))
}

export function asValue(expression: Expression): Expression {
  if (!isCondition(expression)) return expression
  const branches = [
    { when: expression, result: TRUE },
    { when: negate(expression), result: FALSE },
  ]
  return { kind: 'case', branches, otherwise: null }
}

const OPPOSITES: Readonly<Partial<Record<BinaryOperator, ComparisonOperator>>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

export function negate(expression: Expression): Expression {
  if (expression === TRUE) return FALSE
  if (expression === FALSE) return TRUE
  if (!isCondition(expression)) return compare('=', expression, integer(0))
  if (expression.kind === 'is-null' || expression.kind === 'like')
    return { ...expression, negated: !expression.negated }
  const opposite = expression.kind === 'binary' ? OPPOSITES[expression.operator] : undefined
  if (expression.kind === 'binary' && opposite !== undefined) return { ...expression, operator: opposite }
  return { kind: 'unary', operator: 'not', operand: expression }
}

/** Whether one condition holds where another does; undefined where neither side is one, or they are asked for an order. */
export function compareConditions(operator: ComparisonOperator, left: Expression, right: Expression) {
  if (!(isCondition(left) || isCondition(right)) || !(operator === '=' || operator === '<>')) return undefined
  const [same, other] = operator === '=' ? [right, negate(right)] : [negate(right), right]
  if (same === TRUE) return asCondition(left)
  if (same === FALSE) return negate(left)
  const both = join('and', asCondition(left), asCondition(same))
  const neither = join('and', asCondition(negate(left)), asCondition(other))
  return join('or', both, neither)
}

/** `IS TRUE`, `IS NOT FALSE` and so on, which are never unknown. */
export function isTruth(expression: Expression, truth: boolean, negated: boolean): Expression {
  const [wanted, other] = truth ? [1, 0] : [0, 1]
  if (!isCondition(expression)) {
    return negated
      ? join('or', compare('=', expression, integer(other)), isNull(expression))
      : join('and', compare('=', expression, integer(wanted)), isNull(expression, true))
  }
  const held = choose(truth ? expression : negate(expression), integer(1), integer(0))
  return compare('=', held, integer(negated ? 0 : 1))
}

/** `IS UNKNOWN`, and `IS NULL` of a condition. */
export function isUnknown(expression: Expression, negated: boolean): Expression {
  return isNull(asValue(expression), negated)
}

/** Never unknown: NULL is the same as NULL. */
export function isDistinct(left: Expression, right: Expression, negated: boolean): Expression {
  const [one, other] = [asValue(left), asValue(right)]
  if (other === NULL) return isNull(one, !negated)
  const equal = compare('=', one, other)
  const hasValue = isConstant(one) || isConstant(other)
  const same = hasValue ? equal : join('or', equal, join('and', isNull(one), isNull(other)))
  return compare('=', choose(same, integer(1), integer(0)), integer(negated ? 1 : 0))
}
