import type { Expression } from '@albackup/core'
import { refuse, requireCondition, requireValue, type Translation, translate } from '@albackup/core/printing'
import { holds } from './expression-printer/columns.ts'
import type { ExpressionContext } from './expression-printer/context.ts'
import { assign } from './expression-printer/convert.ts'
import { print } from './expression-printer/print.ts'

export type { ContextColumn, ExpressionContext } from './expression-printer/context.ts'

/** In PostgreSQL's words, when they are proven to give the same result; else undefined. See docs/expressions.md. */
export function printExpression(expression: Expression, context: ExpressionContext): string | undefined {
  const translation = translateExpression(expression, context)
  return 'sql' in translation ? translation.sql : undefined
}

/** As printExpression, and says why an expression is not printed. */
export function translateExpression(expression: Expression, context: ExpressionContext): Translation {
  return translate(() => ({ sql: printFor(expression, context) }))
}

function printFor(expression: Expression, context: ExpressionContext): string {
  const printed = print(expression, context)
  if (context.purpose === 'check' || context.purpose === 'filter') return requireCondition(printed).sql
  const { target } = context
  if (target === undefined) return requireValue(printed).sql
  if (!holds(target)) return refuse(`its column has the type ${target.type} in the target`)
  return assign(printed, target.logical).sql
}
