import { type Expression, isComparison, type LogicalType, precisionOf } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { convertConstant } from './constants.ts'
import type { ExpressionContext } from './context.ts'
import { asComputed } from './literals.ts'
import type { Printed } from './printed.ts'

/**
 * Refuses what no filtered index has (Transact-SQL reference, CREATE INDEX, "filter_predicate"): all but comparisons of columns
 * with constants, tests for NULL and lists, joined by AND.
 */
export function requireFilter(condition: Expression, context: ExpressionContext): void {
  for (const conjunct of chain(condition, 'and')) {
    const tested = columnOfNullTest(conjunct) ?? columnOfComparison(conjunct) ?? listOf(conjunct)?.value
    if (tested === undefined || !isColumn(tested, context)) {
      refuse('a filtered index knows columns beside constants, joined by AND')
    }
  }
}

const KINDS: readonly LogicalType['kind'][] = [
  'integer',
  'decimal',
  'float',
  'date',
  'time',
  'timestamp',
  'instant',
  'uuid',
]

/** The constant in the column's own type: one of a stronger type makes no filter (error 10611). */
export function constantOfColumn(column: Printed, { constant, type: own }: Printed): Printed {
  const type = column.type as LogicalType
  const isSame = own.kind === type.kind || (type.kind === 'decimal' && own.kind === 'integer')
  const isFloat = type.kind === 'float' && own.kind === 'float' && type.bits !== own.bits
  if (constant === undefined || !KINDS.includes(type.kind) || !isSame || isFloat) {
    return refuse('a filtered index compares a column with constants of its own type')
  }
  const tooFine = type.kind === 'decimal' && 'digits' in constant && precisionOf(constant.digits).scale > type.scale
  if (tooFine) return refuse('a constant has more digits than the column')
  const converted = convertConstant(constant, type, false)
  return isBeyondInt(converted) ? asComputed(converted) : converted
}

function isBeyondInt({ constant, type }: Printed): boolean {
  return type.kind === 'integer' && constant?.type === 'integer' && Math.abs(Number(constant.digits)) > 2147483647
}

/** The operands of `a and b and c`. */
export function chain(expression: Expression, operator: 'and' | 'or'): readonly Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== operator) return [expression]
  return [...chain(expression.left, operator), ...chain(expression.right, operator)]
}

function columnOfNullTest(expression: Expression): Expression | undefined {
  return expression.kind === 'is-null' ? expression.operand : undefined
}

function columnOfComparison(expression: Expression): Expression | undefined {
  if (expression.kind !== 'binary' || !isComparison(expression.operator)) return undefined
  return isConstant(expression.right) ? expression.left : undefined
}

/** A column, or a text that is made a text of any length, for which there are no words. */
function isColumn(expression: Expression, context: ExpressionContext): boolean {
  if (expression.kind === 'column') return true
  if (expression.kind !== 'convert' || expression.operand.kind !== 'column') return false
  const { type } = expression
  const isText = context.column(expression.operand.name)?.logical.kind === 'text'
  return isText && type.kind === 'text' && type.length === null
}

export function isConstant(expression: Expression): boolean {
  if (expression.kind === 'convert' || (expression.kind === 'unary' && expression.operator === '-')) {
    return isConstant(expression.operand)
  }
  return expression.kind === 'literal' && expression.value.type !== 'null'
}

interface List {
  readonly value: Expression
  readonly constants: readonly Expression[]
}

/** What `a = 1 or a = 2` compares with which constants; undefined when it is no such chain. */
export function listOf(expression: Expression, operator: 'and' | 'or' = 'or'): List | undefined {
  const links = chain(expression, operator).map((link) => {
    const isLink =
      link.kind === 'binary' && link.operator === (operator === 'or' ? '=' : '<>') && isConstant(link.right)
    return isLink ? link : undefined
  })
  const [first] = links
  if (first === undefined || links.length < 2) return undefined
  const value = JSON.stringify(first.left)
  const isSame = links.every((link) => link !== undefined && JSON.stringify(link.left) === value)
  return isSame ? { value: first.left, constants: links.map((link) => link!.right) } : undefined
}
