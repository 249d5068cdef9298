import type { Expression } from '@albackup/core'
import { someValueWithin } from '@albackup/core/printing'
import type { ExpressionContext } from '../context.ts'
import { isPrintableAscii } from '../convert-constant.ts'
import { printAlone } from '../print.ts'
import type { Printed } from '../printed.ts'
import type { QueryPrinter } from './query-printer.ts'

/** Parts that can give a text which is of no column. */
const MAKES_TEXT: readonly Expression['kind'][] = ['binary', 'call', 'case', 'convert']

/** A text that is made of none of a column compares as texts do that are of no column. */
export function collated(
  expression: Expression,
  context: ExpressionContext,
  { environment: { comparison } }: QueryPrinter,
): Printed | undefined {
  if (comparison === undefined || !MAKES_TEXT.includes(expression.kind)) return undefined
  const value = printAlone(expression, context)
  const { type } = value
  if (type.kind !== 'text' || type.comparison !== undefined || value.constant !== undefined) return value
  if (someValueWithin(expression, (part) => isOfColumn(part, context))) return value
  const ascii = !someValueWithin(expression, mayPassAscii)
  return { ...value, type: { ...type, comparison }, ...(ascii && { ascii }) }
}

function isOfColumn(part: Expression, context: ExpressionContext): boolean {
  if (part.kind === 'column') return context.column(part.name, part.of)?.logical.kind === 'text'
  return part.kind === 'subquery'
}

/** A literal or a name of a user that may hold more than printable ASCII. */
function mayPassAscii(part: Expression): boolean {
  if (part.kind === 'call') return part.name === 'current-user' || part.name === 'session-user'
  return part.kind === 'literal' && part.value.type === 'text' && !isPrintableAscii(part.value.text)
}
