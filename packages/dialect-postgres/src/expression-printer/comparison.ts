import { type ComparisonOperator, isEquation, type LogicalType } from '@albackup/core'
import { CONDITION, comparedDecimal, loose, operand, refuse } from '@albackup/core/printing'
import { commonType } from './common-type.ts'
import { comparedTexts, compareTexts } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { asOperand, convert } from './convert.ts'
import type { Printed } from './printed.ts'

/** The greatest whole number up to which every real is exact. */
const GREATEST_EXACT_REAL = 2 ** 24

/** Kinds whose values have the same order on both sides. */
const ORDERED: readonly string[] = ['integer', 'decimal', 'float', 'date', 'time', 'timestamp', 'timestamp-offset']
/** Kinds whose values are only the same or not. */
const EQUATED: readonly string[] = ['boolean', 'uuid']

export function compare(
  operator: ComparisonOperator,
  left: Printed,
  right: Printed,
  context: ExpressionContext,
): Printed {
  if (left.type.kind === 'text' && right.type.kind === 'text') return compareTexts(operator, left, right, context)
  if (isBit(left) && right.constant) return compareBit(operator, left, right)
  if (isBit(right) && left.constant && isEquation(operator)) return compareBit(operator, right, left)
  const [one, other] = comparedValues(operator, left, right)
  return loose(`${operand(one)} ${operator} ${operand(other)}`, CONDITION)
}

/** Two values that are equal by `=` exactly when they are equal in the source, as operands. */
export function equatedSides(left: Printed, right: Printed, context: ExpressionContext): readonly [string, string] {
  if (left.type.kind === 'text' && right.type.kind === 'text') return comparedTexts('=', left, right, context)
  const [one, other] = comparedValues('=', left, right)
  return [operand(one), operand(other)]
}

function comparedValues(operator: ComparisonOperator, left: Printed, right: Printed): readonly [Printed, Printed] {
  const type = comparedDecimal(left, right) ?? commonType(left, right)
  if (type === null) return [left, right]
  if (!ORDERED.includes(type.kind) && !(EQUATED.includes(type.kind) && isEquation(operator))) {
    return refuse(`values of type ${type.kind} compare by rules of their own`)
  }
  return [comparable(left, type), comparable(right, type)]
}

/** Whether values of that kind, which are no texts, are the same on both sides when `=` says so. */
export function isEquated(kind: string): boolean {
  return ORDERED.includes(kind) || EQUATED.includes(kind)
}

/** Whether values of that kind, which are no texts, have the same order on both sides. */
export function isOrdered(kind: string): boolean {
  return ORDERED.includes(kind)
}

function isBit(printed: Printed): boolean {
  return printed.type.kind === 'boolean'
}

/** A bit beside a literal is a number in T-SQL and a boolean here. */
function compareBit(operator: ComparisonOperator, bit: Printed, literal: Printed): Printed {
  const digits = literal.constant?.type === 'integer' ? literal.constant.digits : undefined
  if (digits === '0' || digits === '1') {
    return loose(`${operand(bit)} ${operator} ${digits === '1'}`, CONDITION)
  }
  if (literal.constant?.type === 'text' && isEquation(operator)) {
    return loose(`${operand(bit)} ${operator} ${convert(literal, { kind: 'boolean' }).sql}`, CONDITION)
  }
  return refuse('a bit is compared with neither 0 nor 1')
}

/** Casts only where PostgreSQL would compare in another type, or could lose the equality. */
function comparable(printed: Printed, type: LogicalType): Printed {
  const { constant } = printed
  if (printed.type.kind === 'null') return printed
  if (constant?.type === 'integer' && type.kind === 'float' && isExactReal(constant.digits)) return printed
  const whole = printed.type.kind === 'integer' && (type.kind === 'integer' || type.kind === 'decimal')
  if (whole || (printed.type.kind === type.kind && type.kind !== 'float')) return printed
  return asOperand(printed, type)
}

function isExactReal(digits: string): boolean {
  return Math.abs(Number(digits)) <= GREATEST_EXACT_REAL
}
