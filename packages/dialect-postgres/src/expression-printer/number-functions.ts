import {
  DOUBLE,
  INT,
  literalInteger,
  MOST_DIGITS,
  type NumberType,
  numberTypeOf,
  operand,
  refuse,
  whole,
} from '@albackup/core/printing'
import { mayBeMoney } from './common-type.ts'
import { asOperand } from './convert.ts'
import { cast, type Printed } from './printed.ts'

/** What ABS, CEILING and FLOOR give: an int, a bigint, a float, or a decimal of 38 digits (Transact-SQL reference, "ABS"). */
function widened(value: Printed): Printed & { readonly type: NumberType } {
  const type = numberTypeOf(value)
  switch (type.kind) {
    case 'integer':
      return { ...(type.bits === 64 ? value : asOperand(value, INT)), type: type.bits === 64 ? type : INT }
    case 'float':
      return { ...asOperand(value, DOUBLE), type: DOUBLE }
    case 'decimal':
      return { ...value, type: { ...type, precision: MOST_DIGITS } }
  }
}

export function printAbs([value]: readonly Printed[]): Printed {
  const { sql, type } = widened(value!)
  return whole(`abs(${sql})`, type)
}

/** floor and ceiling: whole numbers are their own, and a decimal that is no money loses its scale. */
export function printWhole(name: 'floor' | 'ceiling') {
  return ([value]: readonly Printed[]): Printed => {
    const wide = widened(value!)
    const { sql, type } = wide
    if (type.kind === 'integer') return wide
    const scaled = type.kind === 'decimal' && !mayBeMoney(value!)
    return whole(`${name}(${sql})`, scaled ? { ...type, scale: 0 } : type)
  }
}

/** Decimals only: halves go away from zero on both sides. A third argument that is not zero truncates. */
export function printRound([value, places, truncate]: readonly Printed[]): Printed {
  const type = numberTypeOf(value!)
  const digits = literalInteger(places!)
  if (type.kind !== 'decimal' || digits < 0) return refuse('a float or an integer is rounded')
  const name = truncate === undefined || literalInteger(truncate) === 0 ? 'round' : 'trunc'
  const rounded = whole(`${name}(${value!.sql}, ${digits})`, type)
  // T-SQL keeps the scale, and shows it when the number becomes text.
  return digits >= type.scale ? rounded : cast(rounded, `numeric(${type.precision}, ${type.scale})`, type)
}

/** Of the type that its operand is widened to. */
export function printNumberSign([value]: readonly Printed[]): Printed {
  const { sql, type } = widened(value!)
  const sign = whole(`sign(${sql})`, type)
  // PostgreSQL has no sign of integers of its own.
  return type.kind === 'integer' ? cast(sign, type.bits === 64 ? 'bigint' : 'integer', type) : sign
}

/** IEEE 754 rounds a square root correctly. */
export function printSquareRoot([value]: readonly Printed[]): Printed {
  return whole(`sqrt(${double(value!)})`, DOUBLE)
}

export function printSquare([value]: readonly Printed[]): Printed {
  const factor = double(value!)
  return { sql: `${factor} * ${factor}`, type: DOUBLE, tight: false }
}

function double(value: Printed): string {
  numberTypeOf(value)
  return operand(asOperand(value, DOUBLE))
}
