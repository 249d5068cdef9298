import type { Expression, LogicalType } from '@albackup/core'
import { refuse, requireCondition, requireValue, type Translation, translate } from '@albackup/core/printing'
import { holds } from './expression-printer/columns.ts'
import type { ExpressionContext } from './expression-printer/context.ts'
import { assign } from './expression-printer/convert.ts'
import { print } from './expression-printer/print.ts'
import type { Printed } from './expression-printer/printed.ts'

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
  const { target, declared } = context
  if (declared !== undefined) requireDeclared(printed, declared)
  if (target === undefined) return requireValue(printed).sql
  if (!holds(target)) return refuse(`its column has the type ${target.type} in the target`)
  return assign(printed, target.logical).sql
}

/**
 * Where the source's catalog says something else of a computed column, it is not understood: the server would refuse the table
 * for it, or have no room for its values.
 */
function requireDeclared({ type }: Printed, declared: LogicalType): void {
  if (type.kind !== 'null' && type.kind !== declared.kind) {
    refuse(`it is of type ${declared.kind} in the source, and ${type.kind} is what is worked out`)
  }
  if (type.kind === 'decimal' && declared.kind === 'decimal' && declared.scale > type.scale) {
    refuse(`it has the scale ${declared.scale} in the source, and ${type.scale} is what is worked out`)
  }
}
