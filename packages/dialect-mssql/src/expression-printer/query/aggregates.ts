import type { ExpressionOf } from '@albackup/core'
import { BIGINT, exactDecimal, INT, MOST_DIGITS, refuse, whole } from '@albackup/core/printing'
import { isOrdered } from '../comparison.ts'
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
      return refuse('an average is asked for')
  }
}

function counted(argument: Printed, distinct: boolean): string {
  return distinct && argument.type.kind === 'text' ? markedText(argument) : argument.sql
}

/** A sum of whole numbers fails on both sides where it passes its type. */
function sum(argument: Printed, all: (sql: string) => string, isBig: boolean): Printed {
  const { type } = argument
  const { sql } = asComputed(argument)
  if (type.kind === 'decimal') return whole(`sum(${all(sql)})`, exactDecimal(MOST_DIGITS, type.scale))
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
