import { operand, refuse, valueType } from '@albackup/core/printing'
import { textKey } from '../compare-texts.ts'
import { isEquated } from '../comparison.ts'
import type { ExpressionContext } from '../context.ts'
import type { Printed } from '../printed.ts'

/**
 * What is equal in PostgreSQL for values that the source takes for the same when it groups rows or leaves out duplicates;
 * undefined for a literal, which is the same in all rows.
 */
export function keyOf(value: Printed, context: ExpressionContext): string | undefined {
  const type = valueType(value)
  if (value.constant !== undefined || type === null) return undefined
  if (type.kind === 'text') return textKey(value, context)
  if (!isEquated(type.kind)) return refuse(`rows are the same by values of type ${type.kind}`)
  return operand(value)
}

/** Whether rows with equal values of that kind are equal in all that can be seen: then PostgreSQL's own DISTINCT does. */
export function isPlainKey({ type }: Printed): boolean {
  return type.kind !== 'text'
}
