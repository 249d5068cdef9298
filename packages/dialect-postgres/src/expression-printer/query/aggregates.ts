import type { ExpressionOf, LogicalType } from '@albackup/core'
import { BIGINT, INT, refuse, whole } from '@albackup/core/printing'
import { mayBeMoney } from '../common-type.ts'
import { isOrdered } from '../comparison.ts'
import { cast, type Printed } from '../printed.ts'

type Aggregate = ExpressionOf<'aggregate'>

/** `key`: what tells equal values for DISTINCT. Averages and sums of floats depend on the order of the rows. */
export function printAggregate(
  { name, distinct }: Aggregate,
  argument: Printed | null,
  key: (value: Printed) => string | undefined,
): Printed {
  if (argument === null) return name === 'count' ? integer('count(*)') : whole('count(*)', BIGINT)
  const { type } = argument
  if (type.kind === 'condition' || type.kind === 'null') return refuse('an aggregate of no value')
  const all = (value: string) => (distinct ? `distinct ${value}` : value)
  switch (name) {
    case 'count':
      return integer(`count(${all(counted(argument, distinct, key))})`)
    case 'count-big':
      return whole(`count(${all(counted(argument, distinct, key))})`, BIGINT)
    case 'minimum':
    case 'maximum':
      if (!isOrdered(type.kind)) return refuse(`the least or greatest value of type ${type.kind} is asked for`)
      return whole(`${name === 'minimum' ? 'min' : 'max'}(${argument.sql})`, type)
    case 'sum':
      return sum(all(argument.sql), type)
    case 'sum-big':
      return type.kind === 'integer' ? bigSum(all(argument.sql), type.bits) : sum(all(argument.sql), type)
    case 'mean':
      return refuse('an average is rounded')
    case 'average':
      return average(all(argument.sql), type, argument)
  }
}

/** A literal is counted by itself, as it is equal to itself. */
function counted(argument: Printed, distinct: boolean, key: (value: Printed) => string | undefined): string {
  return distinct ? (key(argument) ?? argument.sql) : argument.sql
}

/** The whole numbers of a sum fail on both sides where they pass its type. */
function integer(sql: string): Printed {
  return cast(whole(sql, BIGINT), 'integer', INT)
}

function sum(argument: string, type: LogicalType): Printed {
  const sql = `sum(${argument})`
  if (type.kind === 'integer') return type.bits === 64 ? cast(whole(sql, BIGINT), 'bigint', BIGINT) : integer(sql)
  if (type.kind === 'decimal') return whole(sql, { kind: 'decimal', precision: 38, scale: type.scale })
  return refuse(
    type.kind === 'float'
      ? 'a sum of floats depends on the order of rows'
      : `the sum of type ${type.kind} is asked for`,
  )
}

/** As PostgreSQL's own. */
function bigSum(argument: string, bits: number): Printed {
  return whole(`sum(${argument})`, bits === 64 ? { kind: 'decimal', precision: 38, scale: 0 } : BIGINT)
}

/** Of whole numbers it is a whole number; of others it is rounded. */
function average(argument: string, type: LogicalType, value: Printed): Printed {
  if (type.kind === 'integer') {
    const quotient = whole(`div(sum(${argument}), count(${argument}))`, BIGINT)
    return type.bits === 64 ? cast(quotient, 'bigint', BIGINT) : cast(quotient, 'integer', INT)
  }
  if (type.kind === 'float') return refuse('an average of floats depends on the order of rows')
  return refuse(mayBeMoney(value) ? 'an average of money is rounded by rules of its own' : 'an average is rounded')
}
