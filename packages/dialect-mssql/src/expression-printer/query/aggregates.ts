import type { ExpressionOf, LogicalTypeOf } from '@albackup/core'
import { BIGINT, decimalTypeOf, exactDecimal, INT, MOST_DIGITS, refuse, whole } from '@albackup/core/printing'
import { isEquated, isOrdered } from '../comparison.ts'
import { asComputed } from '../literals.ts'
import { cast, type Printed } from '../printed.ts'
import { markedText } from './marked-text.ts'

/** Averages, and sums of floats, depend on the order of the rows, or have digits that are each engine's own affair. */
export function printAggregate({ name, distinct }: ExpressionOf<'aggregate'>, argument: Printed | null): Printed {
  if (argument === null) return name === 'count' ? whole('count(*)', INT) : whole('count_big(*)', BIGINT)
  const { type } = argument
  const all = (sql: string) => (distinct ? `distinct ${sql}` : sql)
  if (type.kind === 'condition' || type.kind === 'null') return refuse('an aggregate of no value')
  switch (name) {
    case 'count':
      return whole(`count(${all(counted(argument, distinct))})`, INT)
    case 'count-big':
      return whole(`count_big(${all(counted(argument, distinct))})`, BIGINT)
    case 'minimum':
    case 'maximum':
      if (!isOrdered(argument)) return refuse(`the least or greatest value of type ${type.kind} is asked for`)
      return whole(`${name === 'minimum' ? 'min' : 'max'}(${asComputed(argument).sql})`, type)
    case 'sum':
      return sum(argument, all, false)
    case 'sum-big':
      return sum(argument, all, true)
    case 'average':
    case 'mean':
      return refuse('an average that is not rounded has as many digits as the source sees fit')
  }
}

function counted(argument: Printed, distinct: boolean): string {
  if (!distinct) return argument.sql
  if (argument.type.kind === 'text') return markedText(argument)
  return isEquated(argument) ? argument.sql : refuse(`different values of type ${argument.type.kind} are counted`)
}

/** A sum of whole numbers fails on both sides where it passes its type. */
function sum(argument: Printed, all: (sql: string) => string, isBig: boolean): Printed {
  const { type } = argument
  const { sql } = asComputed(argument)
  if (type.kind === 'decimal') return decimalSum(`sum(${all(sql)})`, type)
  if (type.kind === 'float') return refuse('a sum of floats depends on the order of rows')
  if (type.kind !== 'integer') return refuse(`the sum of type ${type.kind} is asked for`)
  if (type.bits === 64)
    return isBig
      ? sumOf(argument, all, 'decimal(38,0)', exactDecimal(MOST_DIGITS, 0))
      : whole(`sum(${all(sql)})`, BIGINT)
  return isBig ? sumOf(argument, all, 'bigint', BIGINT) : whole(`sum(${all(sql)})`, INT)
}

function sumOf(argument: Printed, all: (sql: string) => string, declaration: string, type: Printed['type']): Printed {
  return whole(`sum(${all(cast(argument, declaration, type).sql)})`, type)
}

/** So many digits are enough for how many rows there may be. */
const DIGITS_OF_COUNT = 10

/** What is summed of fewer digits can be computed with: then it is taken for a decimal of those that all rows together have. */
function decimalSum(sql: string, { precision, scale }: LogicalTypeOf<'decimal'>): Printed {
  const sum = whole(sql, exactDecimal(MOST_DIGITS, scale))
  const digits = precision + DIGITS_OF_COUNT
  return digits > MOST_DIGITS ? sum : { ...sum, fits: exactDecimal(digits, scale) }
}

/**
 * A quotient has as many digits as its operands have by their types (Transact-SQL reference, "Precision, scale, and length"): enough
 * that no number of rows makes a half of what is less, and fewer than 38, from which on some would be cut off.
 */
export function printRoundedMean(argument: Printed, distinct: boolean, digits: number): Printed {
  const { type } = argument
  if (type.kind === 'float') return refuse('an average of floats depends on the order of rows')
  if (type.kind !== 'integer' && type.kind !== 'decimal') return refuse(`the average of type ${type.kind} is asked for`)
  const { precision, scale } = decimalTypeOf(argument)
  const behind = Math.max(scale, digits)
  const room = precision - scale + DIGITS_OF_COUNT
  if (room + behind + DIGITS_OF_COUNT + 1 > MOST_DIGITS) return refuse('an average would need more than 38 digits')
  const all = (sql: string) => (distinct ? `distinct ${sql}` : sql)
  const { sql } = cast(argument, `decimal(${room + behind},${behind})`, type)
  const count = `cast(nullif(count_big(${all(argument.sql)}), 0) as decimal(${DIGITS_OF_COUNT},0))`
  const quotient = `cast(sum(${all(sql)}) as decimal(${room + behind},${behind})) / ${count}`
  const rounded = exactDecimal(room + digits, digits)
  return cast({ sql: `round(${quotient}, ${digits})` }, `decimal(${rounded.precision},${digits})`, rounded)
}
