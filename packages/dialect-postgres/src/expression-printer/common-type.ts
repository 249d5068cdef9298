import type { LogicalType, TextType, TimestampType } from '@albackup/core'
import { decimalTypeOf, MOST_DIGITS, refuse, valueType, widerDecimal } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

/** The type in which T-SQL compares two values or chooses between them ("Data type precedence"); null: neither has one. */
export function commonType(left: Printed, right: Printed): LogicalType | null {
  const one = valueType(left)
  const other = valueType(right)
  if (one === null || other === null) return one ?? other
  // The clock is read to whatever precision it meets.
  if (one.kind === 'timestamp' && other.kind === 'timestamp' && (left.ambient || right.ambient))
    return left.ambient ? other : one
  // A text literal takes the type of what it meets.
  if (one.kind === 'text' && other.kind !== 'text' && left.constant) return other
  if (other.kind === 'text' && one.kind !== 'text' && right.constant) return one
  return RANK.indexOf(one.kind) <= RANK.indexOf(other.kind) ? widen(one, other, right) : widen(other, one, left)
}

/** From the strongest to the weakest; the others meet only their own kind. */
const RANK: readonly string[] = [
  'timestamp-offset',
  'timestamp',
  'date',
  'time',
  'float',
  'decimal',
  'integer',
  'boolean',
]

function widen(strong: LogicalType, weak: LogicalType, weaker: Printed): LogicalType {
  switch (strong.kind) {
    case 'integer':
      if (weak.kind === 'boolean') return strong
      if (weak.kind === 'integer') return strong.bits >= weak.bits ? strong : weak
      break
    case 'decimal':
      if (weak.kind === 'decimal' || weak.kind === 'integer') return widerDecimal(strong, decimalTypeOf(weaker))
      break
    case 'float':
      if (weak.kind === 'float') return strong.bits >= weak.bits ? strong : weak
      if (weak.kind === 'decimal' || weak.kind === 'integer') return strong
      break
    case 'timestamp':
      if (weak.kind === 'date') return strong
      if (weak.kind === 'timestamp') return widenTimestamp(strong, weak)
      break
    case 'timestamp-offset':
      if (weak.kind === 'timestamp' || weak.kind === 'date') return strong
      if (weak.kind === 'timestamp-offset') return strong.precision >= weak.precision ? strong : weak
      break
    case 'text':
      if (weak.kind === 'text') return widenText(strong, weak)
      break
    case 'boolean':
    case 'date':
    case 'uuid':
      if (weak.kind === strong.kind) return strong
      break
    case 'time':
      if (weak.kind === 'time') return strong.precision >= weak.precision ? strong : weak
      break
  }
  return refuse(`${strong.kind} meets ${weak.kind}`)
}

/** A datetime that meets a datetime2 is refined from milliseconds to 1/300 seconds. */
function widenTimestamp(one: TimestampType, other: TimestampType): TimestampType {
  const [fine, coarse] = one.precision >= other.precision ? [one, other] : [other, one]
  const refined = [one, other].some(({ step }) => step === '1/300 second') && coarse.precision >= 3
  if (refined && one.step !== other.step) refuse('a datetime meets a datetime2')
  return fine
}

function widenText(one: TextType, other: TextType): TextType {
  if (one.fixed || other.fixed) refuse('a text padded with blanks meets another')
  const cut =
    one.unit !== other.unit && [one, other].some(({ unit, length }) => unit === 'bytes' && (length ?? 0) > 4000)
  if (cut) refuse('a text may be cut')
  const comparison = one.comparison ?? other.comparison
  return {
    kind: 'text',
    length: one.length === null || other.length === null ? null : Math.max(one.length, other.length),
    unit: one.unit === 'utf16' || other.unit === 'utf16' ? 'utf16' : one.unit,
    fixed: false,
    ...(comparison === undefined ? {} : { comparison }),
  }
}

/**
 * Whether a number may be money or smallmoney, which multiply, divide and become whole numbers by rules of their own. So may be what
 * is computed of them, unless it is known of what: money and an integer are money.
 */
export function mayBeMoney({ type, column, constant, noMoney }: Printed): boolean {
  if (type.kind !== 'decimal' || type.scale !== 4 || noMoney) return false
  const computed = column === undefined && constant === undefined
  return computed || [10, 19, MOST_DIGITS].includes(type.precision)
}
