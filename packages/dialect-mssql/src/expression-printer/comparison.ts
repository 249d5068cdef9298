import { type ComparisonOperator, isEquation, type LogicalType } from '@albackup/core'
import { CONDITION, comparedDecimal, loose, operand, refuse, whole } from '@albackup/core/printing'
import { commonType } from './common-type.ts'
import { compareTexts } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { constantOfColumn } from './filter.ts'
import type { Printed } from './printed.ts'

/** Kinds whose values have the same order on both sides. */
const ORDERED: readonly string[] = ['integer', 'decimal', 'float', 'date', 'time', 'timestamp', 'instant']
/** Kinds whose values are only the same or not. */
const EQUATED: readonly string[] = ['boolean', 'uuid']

export function isOrdered({ type }: Pick<Printed, 'type'>): boolean {
  return ORDERED.includes(type.kind)
}

/** Whether the same values are the same on both sides; of texts more is to be known. */
export function isEquated(printed: Pick<Printed, 'type'>): boolean {
  return isOrdered(printed) || EQUATED.includes(printed.type.kind)
}

export function compare(
  operator: ComparisonOperator,
  left: Printed,
  right: Printed,
  context: ExpressionContext,
): Printed {
  if (left.type.kind === 'text' && right.type.kind === 'text' && !(left.constant && right.constant)) {
    return compareTexts(operator, left, right, context)
  }
  const bit = isEquation(operator) ? compareBit(operator, left, right) : undefined
  if (bit !== undefined) return bit
  if (context.purpose === 'filter') return compareInFilter(operator, left, right)
  if (isClockBesideDate(left, right)) return compare(operator, localClock(left), right, context)
  if (isClockBesideDate(right, left)) return compare(operator, left, localClock(right), context)
  const type = comparedDecimal(left, right) ?? commonType(left, right)
  if (type === null) return loose(`null ${operator} null`, CONDITION)
  if (!ORDERED.includes(type.kind) && !(EQUATED.includes(type.kind) && isEquation(operator))) {
    return refuse(`values of type ${type.kind} compare by rules of their own`)
  }
  const [one, other] = [left, right].map((each) => operand(comparable(each, type, context)))
  return loose(`${one} ${operator} ${other}`, CONDITION)
}

/** Both sides of an equation in the type in which they meet. */
export function equatedSides(left: Printed, right: Printed, context: ExpressionContext): readonly [Printed, Printed] {
  const type = comparedDecimal(left, right) ?? commonType(left, right) ?? refuse('two NULLs are compared')
  if (!isEquated({ type })) return refuse(`values of type ${type.kind} compare by rules of their own`)
  return [comparable(left, type, context), comparable(right, type, context)]
}

function compareInFilter(operator: ComparisonOperator, column: Printed, constant: Printed): Printed {
  return loose(`${column.sql} ${operator} ${constantOfColumn(column, constant).sql}`, CONDITION)
}

/** Beside a literal 0 or 1 a boolean stays one, and a bit is a number. */
function compareBit(operator: ComparisonOperator, left: Printed, right: Printed): Printed | undefined {
  const [bit, literal] = left.type.kind === 'boolean' && left.constant === undefined ? [left, right] : [right, left]
  const isBit = bit.type.kind === 'boolean' && literal.constant?.type === 'integer'
  if (!isBit || !/^[01]$/.test(literal.sql)) return undefined
  return loose(`${operand(bit)} ${operator} ${literal.sql}`, CONDITION)
}

/** What the session's zone makes of a date is as the clock shows it there. */
function isClockBesideDate(clock: Printed, other: Printed): boolean {
  return clock.clock !== undefined && clock.type.kind === 'instant' && /^(date|timestamp)$/.test(other.type.kind)
}

function localClock({ clock }: Printed): Printed {
  return whole(clock!.local, { kind: 'timestamp', precision: 7 })
}

/** T-SQL's own widening of integers, decimals and dates keeps every value. */
function comparable(printed: Printed, type: LogicalType, context: ExpressionContext): Printed {
  const isOther = type.kind === 'float' && (printed.type.kind !== 'float' || printed.type.bits !== type.bits)
  return printed.constant?.type === 'text' || isOther ? asType(printed, type, context) : printed
}
