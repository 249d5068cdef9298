import type { LogicalType, TextType } from '@albackup/core'
import { decimalTypeOf, refuse, valueType, widerDecimal } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

/** The type in which two values are compared or chosen from; null: neither has one. */
export function commonType(left: Printed, right: Printed): LogicalType | null {
  const one = valueType(left)
  const other = valueType(right)
  if (one === null || other === null) return one ?? other
  // A text literal takes the type of what it meets.
  if (left.constant?.type === 'text' && other.kind !== 'text') return other
  if (right.constant?.type === 'text' && one.kind !== 'text') return one
  return RANK.indexOf(one.kind) <= RANK.indexOf(other.kind) ? widen(one, other, right) : widen(other, one, left)
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
      if (weak.kind === 'decimal' || weak.kind === 'integer') return widerDecimal(strong, decimalTypeOf(weaker))
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

function widenText(one: TextType, other: TextType): TextType {
  if (one.fixed || other.fixed) refuse('a text padded with blanks meets another')
  const comparison = one.comparison ?? other.comparison
  return {
    ...one,
    length: one.length === null || other.length === null ? null : Math.max(one.length, other.length),
    ...(comparison === undefined ? {} : { comparison }),
  }
}
