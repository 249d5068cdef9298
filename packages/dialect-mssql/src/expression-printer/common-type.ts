import { type LogicalType, precisionOf, type TextType } from '@albackup/core'
import { type Printed, refuse } from './printed.ts'

type DecimalType = Extract<LogicalType, { kind: 'decimal' }>

export const MOST_DIGITS = 38

/** The type in which two values are compared or chosen from; null: neither has one. */
export function commonType(left: Printed, right: Printed): LogicalType | null {
  const one = typeOf(left)
  const other = typeOf(right)
  if (one === null || other === null) return one ?? other
  // A text literal takes the type of what it meets.
  if (left.constant?.type === 'text' && other.kind !== 'text') return other
  if (right.constant?.type === 'text' && one.kind !== 'text') return one
  return RANK.indexOf(one.kind) <= RANK.indexOf(other.kind) ? widen(one, other, right) : widen(other, one, left)
}

function typeOf({ type }: Printed): LogicalType | null {
  if (type.kind === 'null') return null
  return type.kind === 'condition' ? refuse('a condition stands for a value') : type
}

/** From the strongest to the weakest; the others meet only their own kind. */
const RANK: readonly string[] = ['timestamp', 'date', 'float', 'decimal', 'integer', 'boolean']

function widen(strong: LogicalType, weak: LogicalType, weaker: Printed): LogicalType {
  switch (strong.kind) {
    case 'integer':
      if (weak.kind === 'boolean' && weaker.constant !== undefined) return strong
      if (weak.kind === 'integer') return strong.bits >= weak.bits ? strong : weak
      break
    case 'decimal':
      if (weak.kind === 'decimal' || weak.kind === 'integer') return widenDecimal(strong, asDecimal(weaker, weak))
      break
    case 'float':
      if (weak.kind === 'float') return strong.bits >= weak.bits ? strong : weak
      if (weaker.constant !== undefined && (weak.kind === 'integer' || weak.kind === 'decimal')) return strong
      break
    case 'timestamp':
      if (weak.kind === 'date') return strong
      if (weak.kind === 'timestamp') return strong.precision >= weak.precision ? strong : weak
      break
    case 'instant':
    case 'time':
      if (weak.kind === strong.kind) return strong.precision >= weak.precision ? strong : weak
      break
    case 'text':
      if (weak.kind === 'text') return widenText(strong, weak)
      break
    default:
      if (weak.kind === strong.kind) return strong
  }
  return refuse(`${strong.kind} meets ${weak.kind}`)
}

function widenDecimal(one: DecimalType, other: DecimalType): DecimalType {
  const scale = Math.max(one.scale, other.scale)
  return exactly(scale + Math.max(one.precision - one.scale, other.precision - other.scale), scale)
}

/** Refuses where SQL Server would round to keep within its digits. */
export function exactly(precision: number, scale: number): DecimalType {
  if (precision > MOST_DIGITS) refuse('a decimal would need more than 38 digits')
  return { kind: 'decimal', precision, scale }
}

function widenText(one: TextType, other: TextType): TextType {
  if (one.fixed || other.fixed) refuse('a text padded with blanks meets another')
  const comparison = one.comparison ?? other.comparison
  return {
    ...one,
    length: one.length === null || other.length === null ? null : Math.max(one.length, other.length),
    ...(comparison === undefined ? {} : { comparison }),
  }
}

const INTEGER_DIGITS = { 8: 3, 16: 5, 32: 10, 64: 19 } as const

/** The decimal that an integer becomes beside a decimal (Transact-SQL reference, "Precision, scale, and length"). */
export function asDecimal(printed: Printed, type: LogicalType): DecimalType {
  if (type.kind === 'decimal') return type
  if (type.kind !== 'integer') return refuse(`${type.kind} stands for a number`)
  if (printed.constant?.type === 'integer') return { kind: 'decimal', ...precisionOf(printed.constant.digits) }
  return { kind: 'decimal', precision: INTEGER_DIGITS[type.bits], scale: 0 }
}
