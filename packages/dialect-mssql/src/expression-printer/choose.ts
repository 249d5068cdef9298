import type { LogicalType } from '@albackup/core'
import { decimalTypeOf, NULL, requireCondition, valueType, whole, widerDecimal } from '@albackup/core/printing'
import { commonType } from './common-type.ts'
import { inOneCollation } from './compare-texts.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { asComputed } from './literals.ts'
import { collationOf, type Printed } from './printed.ts'

/** ISNULL would cut a text to the length of the first. */
export function printCoalesce(args: readonly Printed[], context: ExpressionContext): Printed {
  const type = strongest(args)
  if (type === null) return NULL
  if (args.length === 1) return args[0]!
  const values = inOneCollation(args)
  return chosen(`coalesce(${values.map((value) => choice(value, type, context)).join(', ')})`, type, values)
}

export interface Branch {
  readonly when: Printed
  readonly result: Printed
}

export function printCase(branches: readonly Branch[], otherwise: Printed | null, context: ExpressionContext): Printed {
  const results = inOneCollation([
    ...branches.map((branch) => branch.result),
    ...(otherwise === null ? [] : [otherwise]),
  ])
  const type = strongest(results)
  if (type === null) return NULL
  const whens = branches.map(
    ({ when }, place) => `when ${requireCondition(when).sql} then ${choice(results[place]!, type, context)}`,
  )
  const rest = otherwise === null ? '' : ` else ${choice(results.at(-1)!, type, context)}`
  return chosen(`case ${whens.join(' ')}${rest} end`, type, results)
}

function chosen(sql: string, type: LogicalType, values: readonly Printed[]): Printed {
  return { ...whole(sql, type), ...collationOf(...values), ...fittingAll(type, values) }
}

/** Fewer digits than those of its type, where a sum is among the values. */
function fittingAll(type: LogicalType, values: readonly Printed[]): Pick<Printed, 'fits'> {
  if (type.kind !== 'decimal' || values.every(({ fits }) => fits === undefined)) return {}
  const numbers = values.filter((value) => value.type.kind !== 'null')
  return { fits: numbers.map((value) => value.fits ?? decimalTypeOf(value)).reduce(widerDecimal) }
}

/** The type of a choice; null when each is NULL. */
function strongest(values: readonly Printed[]): LogicalType | null {
  const chosen = values.reduce<Printed>((chosen, value) => {
    const common = commonType(chosen, value)
    return common === null ? NULL : { ...whole('', common), ...sameConstant(chosen, value) }
  }, NULL)
  return valueType(chosen)
}

/** Literals that meet stay literals: they still give way to what follows. */
function sameConstant(one: Printed, other: Printed): Partial<Printed> {
  const isConstant = (printed: Printed) => printed.constant !== undefined || printed.type.kind === 'null'
  const constant = one.constant ?? other.constant
  return isConstant(one) && isConstant(other) && constant !== undefined ? { constant } : {}
}

function choice(printed: Printed, type: LogicalType, context: ExpressionContext): string {
  if (printed.type.kind === type.kind || printed.type.kind === 'null') return asComputed(printed).sql
  return asType(printed, type, context).sql
}
