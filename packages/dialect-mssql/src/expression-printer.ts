import type { Expression, LogicalType } from '@albackup/core'
import { refuse, requireCondition, requireValue, type Translation, translate } from '@albackup/core/printing'
import { typeThere } from './expression-printer/column-types.ts'
import type { ContextColumn, ExpressionContext } from './expression-printer/context.ts'
import { asType } from './expression-printer/convert.ts'
import { requireFilter } from './expression-printer/filter.ts'
import { print } from './expression-printer/print.ts'
import type { Printed } from './expression-printer/printed.ts'
import { requireFreeSequences } from './expression-printer/sequence-use.ts'

export type { ContextColumn, ExpressionContext } from './expression-printer/context.ts'

/** In T-SQL, where that is proven to give the same result. See docs/expressions.md. */
export function translateExpression(expression: Expression, context: ExpressionContext): Translation {
  return translate(() => ({ sql: printFor(expression, context) }))
}

function printFor(expression: Expression, context: ExpressionContext): string {
  if (context.purpose === 'filter') requireFilter(expression, context)
  if (context.purpose === 'default') requireFreeSequences(expression)
  const printed = print(expression, context)
  if (context.purpose === 'check' || context.purpose === 'filter') return requireCondition(printed).sql
  const { target } = context
  if (target === undefined) return requireValue(printed).sql
  if (typeThere(target) === undefined) return refuse(`its column has the type ${target.type} in the target`)
  return context.purpose === 'default' ? asDefault(printed, target) : asComputed(printed, target)
}

/** Whether a fraction is rounded or dropped on the way into a column of whole numbers differs from engine to engine. */
function requireWhole({ type, constant }: Printed, { kind }: LogicalType): void {
  const hasFraction = type.kind === 'float' || (type.kind === 'decimal' && type.scale > 0)
  if (kind === 'integer' && hasFraction && constant === undefined) refuse('a fraction is rounded')
}

/** A text that is too long fails on both sides, where a conversion would cut it. */
function asDefault(printed: Printed, { logical }: ContextColumn): string {
  requireWhole(printed, logical)
  // The number of a sequence that is out of range fails on both sides, too.
  if (printed.type.kind === 'integer' && logical.kind === 'integer' && printed.constant === undefined)
    return printed.sql
  const isText = printed.type.kind === 'text' && logical.kind === 'text' && !logical.fixed
  const context = { purpose: 'default', column: () => undefined } as const
  return asType(printed, isText ? { ...logical, length: null } : logical, context).sql
}

/** A computed column has the type of its expression, so it is made that of the source's column. */
function asComputed(printed: Printed, target: ContextColumn): string {
  const value = requireValue(printed)
  const context = { purpose: 'computed', column: () => undefined } as const
  const isText = value.type.kind === 'text' && target.logical.kind === 'text'
  requireWhole(value, target.logical)
  const fitted = isText ? value : asType(value, target.logical, context)
  const same = `cast(${fitted.sql} as ${target.type})`
  const collation = isText && fitted.collated !== 'column' ? collationWords(fitted, target) : ''
  return (fitted.sql.endsWith(` as ${target.type})`) ? fitted.sql : same) + collation
}

function collationWords({ collated }: Printed, { collation }: ContextColumn): string {
  if (collation !== undefined) return ` collate ${collation}`
  return collated === undefined ? '' : ' collate database_default'
}
