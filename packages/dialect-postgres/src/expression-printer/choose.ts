import type { LogicalType } from '@albackup/core'
import { NULL, refuse, requireCondition, valueType, whole } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import { commonType } from './common-type.ts'
import { asOperand, convert } from './convert.ts'
import { isSized, keepAmbient, type Printed } from './printed.ts'

/** ISNULL has its first argument's type, COALESCE the strongest of all. */
export function choose(name: 'coalesce' | 'if-null', args: readonly Printed[]): Printed {
  const type = name === 'if-null' ? typeOfFirst(args[0]!) : strongest(args)
  if (type === null) return NULL
  const chosen = whole(`coalesce(${args.map((arg) => padded(asType(arg, type), type).sql).join(', ')})`, type)
  const [first, ...others] = args
  const isName = type.kind === 'text' && others.every(({ constant, ambient }) => constant !== undefined || ambient)
  return isName ? keepAmbient(first!, sizedAs(args, chosen)) : sizedAs(args, chosen)
}

/** PostgreSQL pads what is stored, and no literal beside it. */
function padded(printed: Printed, type: LogicalType): Printed {
  const { constant } = printed
  if (constant?.type !== 'text' || type.kind !== 'text' || !type.fixed || type.length === null) return printed
  return whole(quoteText(constant.text.padEnd(type.length)).trimStart(), type)
}

/** What is chosen of texts is as well known as they are. */
function sizedAs(values: readonly Printed[], chosen: Printed): Printed {
  return values.every((value) => value.type.kind === 'null' || isSized(value)) ? { ...chosen, sized: true } : chosen
}

/** How long the text of a function may be is not known well enough to say whether another is cut to it. */
function typeOfFirst(first: Printed): LogicalType {
  const { type } = first
  if (type.kind === 'null' || type.kind === 'condition') return refuse('ISNULL of no value')
  return type.kind === 'text' && !isSized(first) ? refuse('ISNULL may cut a text') : type
}

export interface Branch {
  readonly when: Printed
  readonly result: Printed
}

export function printCase(branches: readonly Branch[], otherwise: Printed | null): Printed {
  const results = [...branches.map((branch) => branch.result), ...(otherwise === null ? [] : [otherwise])]
  const type = strongest(results)
  const result = (printed: Printed) => (type === null ? printed : asType(printed, type)).sql
  const whens = branches.map((branch) => `when ${requireCondition(branch.when).sql} then ${result(branch.result)}`)
  const rest = otherwise === null ? '' : ` else ${result(otherwise)}`
  return sizedAs(results, whole(`case ${whens.join(' ')}${rest} end`, type ?? NULL.type))
}

/** The type of a choice; null when each is NULL. */
function strongest(values: readonly Printed[]): LogicalType | null {
  return valueType(values.slice(1).reduce(meet, values[0]!))
}

/** What stands for either of two values, as far as its type matters. */
export function meet(one: Printed, other: Printed): Printed {
  const type = commonType(one, other)
  if (type === null) return one
  // Text literals that meet stay literals: they still give way to a number that follows.
  const texts = one.constant?.type === 'text' && other.constant?.type === 'text'
  return texts ? { ...other, type } : whole('', type)
}

/** Numbers of one family are widened by PostgreSQL as by T-SQL; between families a conversion is written out. */
export function asType(printed: Printed, type: LogicalType): Printed {
  if (printed.constant !== undefined) return type.kind === 'float' ? asOperand(printed, type) : convert(printed, type)
  const family = printed.type.kind === type.kind && type.kind === 'integer'
  return family ? printed : convert(printed, type)
}
