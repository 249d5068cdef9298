import type { IntegerType, LogicalTypeOf } from '../model/logical-type.ts'
import type { ArithmeticOperator } from './expression.ts'
import { refuse } from './not-proven.ts'
import { PLAIN_DIGITS, precisionOf } from './number-text.ts'
import { INT, type PrintedExpression } from './printed.ts'

/** What numbers are in the tree (docs/expressions.md): decimals are exact as long as 38 digits suffice. */
export type DecimalType = LogicalTypeOf<'decimal'>

export type NumberType = IntegerType | DecimalType | LogicalTypeOf<'float'>

export const MOST_DIGITS = 38

const GREATEST_INT = 2147483647n
const INTEGER_DIGITS = { 8: 3, 16: 5, 32: 10, 64: 19 } as const

export function numberTypeOf({ type }: Pick<PrintedExpression, 'type'>): NumberType {
  if (type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float') return type
  return refuse(`${type.kind} stands for a number`)
}

/** Of a literal. `digits`: in their canonical form. A whole number beyond 32 bits is a decimal, of however many digits. */
export function literalNumberType(type: 'integer' | 'decimal', digits: string): IntegerType | DecimalType {
  if (type === 'integer' && BigInt(digits.replace('-', '')) <= GREATEST_INT) return INT
  return { kind: 'decimal', ...precisionOf(digits) }
}

/** Refuses what has more digits than a decimal: the source would round. */
export function exactDecimal(precision: number, scale: number): DecimalType {
  if (precision > MOST_DIGITS) refuse('a decimal would need more than 38 digits')
  return { kind: 'decimal', precision, scale }
}

/** The decimal with room for the values of both. */
export function widerDecimal(one: DecimalType, other: DecimalType): DecimalType {
  const scale = Math.max(one.scale, other.scale)
  return exactDecimal(scale + Math.max(one.precision - one.scale, other.precision - other.scale), scale)
}

/** The decimal that a number is beside a decimal: of a whole number written out, one of as many digits. */
export function decimalTypeOf({ type, constant }: Pick<PrintedExpression, 'type' | 'constant'>): DecimalType {
  if (type.kind === 'decimal') return type
  if (type.kind !== 'integer') return refuse(`${type.kind} stands for a number`)
  if (constant?.type === 'integer') return { kind: 'decimal', ...precisionOf(constant.digits) }
  return { kind: 'decimal', precision: INTEGER_DIGITS[type.bits], scale: 0 }
}

/** Whether every value has one and the same nearest double by every way to compute it. */
export function isPlainDecimal({ precision }: DecimalType): boolean {
  return precision <= PLAIN_DIGITS
}

/** What an operator makes of two decimals (Transact-SQL reference, "Precision, scale, and length"); undefined: it knows none. */
export function computedDecimal(
  operator: ArithmeticOperator,
  one: DecimalType,
  other: DecimalType,
): DecimalType | undefined {
  switch (operator) {
    case '+':
    case '-': {
      const { precision, scale } = widerDecimal(one, other)
      return exactDecimal(precision + 1, scale)
    }
    case '%':
      return widerDecimal(one, other)
    case '*':
      return exactDecimal(one.precision + other.precision + 1, one.scale + other.scale)
    case '/':
      return refuse('a decimal quotient has another scale')
    default:
      return undefined
  }
}

/**
 * The type in which exact numbers are compared of which one is computed; undefined for others. What is computed has 38 digits by
 * its type and few by its value, and decimals are compared digit by digit whatever their scales.
 */
export function comparedDecimal(left: PrintedExpression, right: PrintedExpression): DecimalType | undefined {
  const isExact = ({ type }: PrintedExpression) => type.kind === 'decimal' || type.kind === 'integer'
  const isComputed = ({ type, column }: PrintedExpression) =>
    type.kind === 'decimal' && type.precision === MOST_DIGITS && column === undefined
  const values = [left, right]
  return values.every(isExact) && values.some(isComputed) ? exactDecimal(MOST_DIGITS, 0) : undefined
}
