import { isZero, type LogicalType } from '@albackup/core'
import type { Constant } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

/** A literal of a type on its way to another. As a text `true` is a word, a decimal has all digits of its type, and what was padded has no blanks at its end. */
export function asWritten(constant: Constant, { type: from }: Printed, type: LogicalType): Constant {
  if (type.kind !== 'text') return constant
  if (from.kind === 'boolean' && constant.type === 'integer') {
    return { type: 'text', text: isZero(constant.digits) ? 'false' : 'true', unicode: true }
  }
  if (from.kind === 'decimal' && 'digits' in constant) {
    return { type: 'decimal', digits: withScale(constant.digits, from.scale) }
  }
  const isPadded = from.kind === 'text' && from.fixed && !type.fixed
  return isPadded && constant.type === 'text' ? { ...constant, text: constant.text.replace(/ +$/, '') } : constant
}

function withScale(digits: string, scale: number): string {
  const [number = '', fraction = ''] = (isZero(digits) ? digits.replace('-', '') : digits).split('.')
  return scale === 0 ? number : `${number}.${fraction.padEnd(scale, '0')}`
}
