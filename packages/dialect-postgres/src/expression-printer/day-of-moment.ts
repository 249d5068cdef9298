import type { Expression, ExpressionOf, LogicalType, TextType } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { asOperand, convert } from './convert.ts'
import { lengthOf, STYLES, withoutTime } from './date-styles.ts'
import type { Printed } from './printed.ts'

/**
 * Of a moment that becomes a text of its date and is read again in the same style, or a number of days without its fraction,
 * so that it loses its time of day: the moment.
 */
export function momentOfDay({ operand, type, style }: ExpressionOf<'convert'>): Expression | undefined {
  if (type.kind !== 'date' && type.kind !== 'timestamp') return undefined
  if (operand.kind === 'call' && operand.name === 'floor' && type.kind === 'timestamp' && type.step !== undefined) {
    const [days] = operand.arguments
    return days?.kind === 'convert' && days.type.kind === 'float' && days.type.bits === 64 ? days.operand : undefined
  }
  if (style === null || operand.kind !== 'convert' || operand.style !== style) return undefined
  return operand.type.kind === 'text' && holdsDate(operand.type, style) ? operand.operand : undefined
}

export function asDay(printed: Printed, type: LogicalType): Printed {
  const { kind } = printed.type
  if (kind !== 'date' && kind !== 'timestamp') return refuse('what is read in a style is no literal')
  return asOperand(convert(printed, { kind: 'date' }), type)
}

/** All of a date, and nothing else. */
function holdsDate({ length, fixed }: TextType, style: number): boolean {
  const pattern = STYLES.get(style)
  if (pattern === undefined || pattern.startsWith('HH24')) return false
  const date = withoutTime(pattern)
  return length === lengthOf(date) || (!fixed && date === pattern && (length === null || length > lengthOf(date)))
}
