import type { ArithmeticOperator, LogicalType, TextType, UnaryOperator } from '@albackup/core'
import { computedDecimal, decimalTypeOf, INT, loose, NULL, operand, refuse } from '@albackup/core/printing'
import { commonType, mayBeMoney } from './common-type.ts'
import { asOperand, convert } from './convert.ts'
import { plural } from './date-functions.ts'
import { isDatetime } from './date-text.ts'
import { exactQuotient } from './exact-quotient.ts'
import { printConstant } from './literals.ts'
import { cast, isSized, keepAmbient, type Printed } from './printed.ts'

/** The longest texts that are joined without being cut, in units (bytes or UTF-16). */
const LONGEST_JOINED = { bytes: 8000, utf16: 4000, characters: 4000 } as const

export function printArithmetic(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  if (left.type.kind === 'text' && right.type.kind === 'text') {
    return operator === '+' ? join(left, right) : refuseOn(operator)
  }
  if (left.type.kind === 'timestamp') return shift(operator, left, right)
  const type = commonType(left, right)
  const [one, other] = [left, right].map((each) => (type !== null && isText(each) ? convert(each, type) : each))
  switch (type?.kind) {
    case undefined:
      return NULL
    case 'integer':
    case 'boolean':
      return onIntegers(operator, one!, other!)
    case 'decimal':
      return onDecimals(operator, one!, other!)
    case 'float':
      if (!'+-*/'.includes(operator)) return refuseOn(operator)
      return infix(operator, asOperand(one!, type), asOperand(other!, type), type)
    default:
      return refuseOn(operator)
  }
}

function isText(printed: Printed): boolean {
  return printed.constant?.type === 'text'
}

function refuseOn(operator: string): never {
  return refuse(`${operator} is not known between these types`)
}

function infix(operator: string, left: Printed, right: Printed, type: LogicalType): Printed {
  return loose(`${operand(left)} ${operator} ${operand(right)}`, type)
}

/** Both divide toward zero, and both give a remainder the sign of what is divided. What the bits of two bits are is a bit. */
function onIntegers(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  const [one, other] = [left, right].map((each) => (each.type.kind === 'boolean' ? convert(each, INT) : each))
  const value = infix(operator === '^' ? '#' : operator, one!, other!, commonType(one!, other!)!)
  const bits = left.type.kind === 'boolean' && right.type.kind === 'boolean'
  return bits && '&|^'.includes(operator) ? convert(value, left.type) : value
}

function onDecimals(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  if (left.type.kind === 'null' || right.type.kind === 'null') return NULL
  if (operator === '*' && mayBeMoney(left) && mayBeMoney(right)) return refuse('a product of money is rounded')
  const noMoney = !mayBeMoney(left) && !mayBeMoney(right)
  return noMoney ? { ...computed(operator, left, right), noMoney } : computed(operator, left, right)
}

function computed(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  if (operator === '/') return exactQuotient(asNumeric(left), right)
  const type = computedDecimal(operator, decimalTypeOf(left), decimalTypeOf(right))
  return type === undefined ? refuseOn(operator) : infix(operator, asNumeric(left), asNumeric(right), type)
}

/** PostgreSQL takes a decimal literal without a fraction for an integer, and would overflow earlier. */
function asNumeric(printed: Printed): Printed {
  const isDecimal = printed.constant !== undefined && printed.type.kind === 'decimal'
  return isDecimal && /^-?\d+$/.test(printed.sql) ? cast(printed, 'numeric', printed.type) : printed
}

/** `||` gives NULL for NULL, as `+` does. */
function join(left: Printed, right: Printed): Printed {
  const common = commonType(left, right)
  if (common?.kind !== 'text') return refuseOn('+')
  const length = joinedLength(left.type as TextType, right.type as TextType)
  if (length !== null && length > LONGEST_JOINED[common.unit]) refuse('the joined texts may be cut')
  const joined = infix('||', left, right, { ...common, length })
  return isSized(left) && isSized(right) ? { ...joined, sized: true } : joined
}

function joinedLength(left: TextType, right: TextType): number | null {
  return left.length === null || right.length === null ? null : left.length + right.length
}

/** datetime and smalldatetime add whole numbers as days. */
function shift(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  const days = right.type.kind === 'integer' && right.type.bits <= 32 ? daysOf(right) : undefined
  if (left.type.kind !== 'timestamp' || !isDatetime(left.type)) return refuseOn(operator)
  if (days === undefined || (operator !== '+' && operator !== '-')) return refuseOn(operator)
  return keepAmbient(left, loose(`${operand(left)} ${operator} ${days}`, left.type))
}

function daysOf(count: Printed): string {
  if (count.constant?.type === 'integer') return `interval '${plural(Number(count.constant.digits), 'day')}'`
  return `${operand(count)} * interval '1 day'`
}

export function printSign(operator: Exclude<UnaryOperator, 'not'>, printed: Printed): Printed {
  const { type, constant } = printed
  if (type.kind === 'null') return NULL
  if (operator === '~' && type.kind === 'boolean') return loose(`not ${operand(printed)}`, type)
  const number = type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float'
  if (!number || (operator === '~' && type.kind !== 'integer')) return refuseOn(operator)
  if (operator === '+') return printed
  // tinyint has no negative numbers, and inverts its eight bits only.
  if (type.kind === 'integer' && type.bits === 8) return refuse('a tinyint is negated')
  if (operator === '-' && constant !== undefined && 'digits' in constant) {
    return { ...printConstant({ ...constant, digits: negate(constant.digits) }), type }
  }
  return loose(`${operator}${operand(printed)}`, type)
}

function negate(digits: string): string {
  return digits.startsWith('-') ? digits.slice(1) : `-${digits}`
}
