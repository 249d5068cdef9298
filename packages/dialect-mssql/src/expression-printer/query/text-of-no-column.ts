import type { Expression } from '@albackup/core'
import { someValueWithin } from '@albackup/core/printing'
import type { ExpressionContext } from '../context.ts'
import { printAlone } from '../print.ts'
import type { Printed } from '../printed.ts'
import type { QueryPrinter } from './query-printer.ts'

/** Parts that can give a text which is of no column. */
const MAKES_TEXT: readonly Expression['kind'][] = ['binary', 'call', 'case', 'convert']

/** A text that is made of none of a column compares as texts do that are of no column; undefined for all else. */
export function textOfNoColumn(
  expression: Expression,
  context: ExpressionContext,
  { environment: { comparison } }: QueryPrinter,
): Printed | undefined {
  if (comparison === undefined || !MAKES_TEXT.includes(expression.kind)) return undefined
  const value = printAlone(expression, context)
  const { type } = value
  if (type.kind !== 'text' || type.comparison !== undefined || value.constant !== undefined) return value
  const isOfColumn = someValueWithin(expression, (part) => {
    if (part.kind === 'column') return context.column(part.name, part.of)?.logical.kind === 'text'
    return part.kind === 'subquery'
  })
  return isOfColumn ? value : { ...value, type: { ...type, comparison } }
}
