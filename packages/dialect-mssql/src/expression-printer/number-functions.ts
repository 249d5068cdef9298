import {
  exactDecimal,
  literalInteger,
  MOST_DIGITS,
  type NumberType,
  numberTypeOf,
  refuse,
  whole,
} from '@albackup/core/printing'
import { foreignType } from '../plan/foreign-types.ts'
import { roomy } from './convert.ts'
import { asComputed } from './literals.ts'
import { cast, type Printed } from './printed.ts'

/** What T-SQL makes of a decimal in ABS, FLOOR and CEILING has 38 digits (Transact-SQL reference, "ABS"). */
function widened(type: NumberType): NumberType {
  return type.kind === 'decimal' ? { ...type, precision: MOST_DIGITS } : type
}

/** Of a real T-SQL makes a float. */
export function printAbs([value]: readonly Printed[]): Printed {
  const type = widened(numberTypeOf(value!))
  const absolute = whole(`abs(${asComputed(value!).sql})`, type)
  return type.kind === 'float' && type.bits === 32 ? cast(absolute, 'real', type) : absolute
}

/** floor and ceiling: a decimal loses its scale. */
export function printWhole(name: 'floor' | 'ceiling') {
  return ([value]: readonly Printed[]): Printed => {
    const type = widened(numberTypeOf(value!))
    if (type.kind === 'integer') return value!
    return whole(`${name}(${asComputed(value!).sql})`, type.kind === 'decimal' ? { ...type, scale: 0 } : type)
  }
}

/** Decimals only: halves go away from zero on both sides. A third argument that is not zero truncates. */
export function printRound([value, places, truncate]: readonly Printed[]): Printed {
  const type = numberTypeOf(value!)
  const digits = literalInteger(places!)
  if (type.kind === 'integer' && digits >= 0) return value!
  if (type.kind !== 'decimal' || digits < 0) return refuse('a float is rounded')
  if (digits >= type.scale) return value!
  const cut = truncate !== undefined && literalInteger(truncate) !== 0
  const whole = exactDecimal(type.precision - type.scale + digits + (cut ? 0 : 1), digits)
  const target = { ...whole, precision: Math.max(whole.precision, 1) }
  const rounded = cut ? `round(${value!.sql}, ${digits}, 1)` : `round(${roomy(value!, type)}, ${digits})`
  return cast({ sql: rounded }, foreignType(target).declaration, target)
}

/** -1, 0 or 1 in the type of the number; of a decimal with as many digits as that takes. */
export function printNumberSign([value]: readonly Printed[]): Printed {
  const type = numberTypeOf(value!)
  const sql = `sign(${asComputed(value!).sql})`
  if (type.kind !== 'decimal') return whole(sql, type)
  const narrow = exactDecimal(type.scale + 1, type.scale)
  return cast({ sql }, foreignType(narrow).declaration, narrow)
}

/** IEEE 754 rounds a square root correctly; that of a decimal is another. */
export function printSquareRoot([value]: readonly Printed[]): Printed {
  const type = numberTypeOf(value!)
  return type.kind === 'float' && type.bits === 64
    ? whole(`sqrt(${asComputed(value!).sql})`, type)
    : refuse('a root of no double')
}

export function printSquare([value]: readonly Printed[]): Printed {
  const type = numberTypeOf(value!)
  return type.kind === 'float' && type.bits === 64
    ? whole(`square(${asComputed(value!).sql})`, type)
    : refuse('a square of no double')
}
