import type { ArithmeticOperator, LogicalType, UnaryOperator } from '@albackup/core'
import { computedDecimal, DATE, decimalTypeOf, INT, loose, NULL, operand, refuse, whole } from '@albackup/core/printing'
import { commonType } from './common-type.ts'
import { inOneCollation } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { isPlainText } from './convert-to-text.ts'
import { asComputed, printConstant } from './literals.ts'
import { cast, collationOf, type Printed } from './printed.ts'

/** Beyond, what is joined is cut unless one of the texts is of any length. */
const LONGEST_JOINED = 4000

export function printArithmetic(
  operator: ArithmeticOperator,
  one: Printed,
  other: Printed,
  context: ExpressionContext,
): Printed {
  const [left, right] = [fitting(one), fitting(other)]
  if (left.type.kind === 'text' && right.type.kind === 'text') {
    const [first, second] = inOneCollation([left, right])
    return join(operator, first!, second!)
  }
  if (left.type.kind === 'date') return onDates(operator, left, right)
  const type = commonType(left, right)
  switch (type?.kind) {
    case undefined:
      return NULL
    case 'integer':
      if (left.type.kind === 'text' || right.type.kind === 'text') return refuse('a text is computed with')
      return infix(operator, left, right, type)
    case 'decimal':
      return onDecimals(operator, left, right)
    case 'float':
      if (!'+-*/'.includes(operator)) return refuseOn(operator)
      return infix(operator, asType(left, type, context), asType(right, type, context), type)
    default:
      return refuseOn(operator)
  }
}

function refuseOn(operator: string): never {
  return refuse(`${operator} is not known between these types`)
}

function infix(operator: string, left: Printed, right: Printed, type: LogicalType): Printed {
  const [one, other] = [left, right].map((each) => operand(asComputed(each)))
  return loose(`${one} ${operator} ${other}`, type)
}

function fitting(value: Printed): Printed {
  const { fits } = value
  return fits === undefined ? value : cast(value, `decimal(${fits.precision},${fits.scale})`, fits)
}

function onDecimals(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  if (left.type.kind === 'null' || right.type.kind === 'null') return NULL
  const type = computedDecimal(operator, decimalTypeOf(left), decimalTypeOf(right))
  return type === undefined ? refuseOn(operator) : infix(operator, left, right, type)
}

/** `+` gives NULL for NULL. */
function join(operator: ArithmeticOperator, left: Printed, right: Printed): Printed {
  if (operator !== '+') return refuseOn(operator)
  const [one, other] = [left, right].map(joinable)
  const length = one!.length === null || other!.length === null ? null : one!.length + other!.length
  const mayBeCut = length !== null && unitsOf(one!.length) + unitsOf(other!.length) > LONGEST_JOINED
  const first = mayBeCut ? cast(left, 'nvarchar(max)', left.type) : left
  const comparison = left.constant === undefined ? one!.comparison : other!.comparison
  const type = { ...one!, length: mayBeCut ? null : length, ...(comparison && { comparison }) }
  return { ...loose(`${operand(first)} + ${operand(right)}`, type), ...collationOf(left, right) }
}

/** A character may take two units. */
function unitsOf(length: number | null): number {
  return 2 * (length ?? 0)
}

function joinable({ type, constant }: Printed) {
  if (type.kind !== 'text' || (constant === undefined && !isPlainText(type))) return refuse('what is joined is no text')
  return type.fixed ? refuse('a text padded with blanks is joined') : type
}

/** A date and a number of days, or the days between two dates. */
function onDates(operator: ArithmeticOperator, date: Printed, other: Printed): Printed {
  if (operator === '-' && other.type.kind === 'date') return whole(`datediff(day, ${other.sql}, ${date.sql})`, INT)
  if (other.type.kind !== 'integer' || other.type.bits === 64 || (operator !== '+' && operator !== '-')) {
    return refuseOn(operator)
  }
  const days = operator === '+' ? other : printSign('-', other)
  return whole(`dateadd(day, ${days.sql}, ${date.sql})`, DATE)
}

export function printSign(operator: Exclude<UnaryOperator, 'not'>, printed: Printed): Printed {
  const { type, constant } = printed
  if (type.kind === 'null') return NULL
  const isNumber = type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float'
  if (!isNumber || (operator === '~' && type.kind !== 'integer')) return refuseOn(operator)
  if (operator === '+') return printed
  if (operator === '-' && constant !== undefined && 'digits' in constant) {
    const digits = constant.digits.startsWith('-') ? constant.digits.slice(1) : `-${constant.digits}`
    return { ...printConstant({ ...constant, digits }), type }
  }
  return loose(`${operator}${operand(printed)}`, type)
}
