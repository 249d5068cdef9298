import { precisionOf } from '@albackup/core'
import { decimalTypeOf, exactDecimal, loose, MOST_DIGITS, operand, refuse } from '@albackup/core/printing'
import { mayBeMoney } from './common-type.ts'
import type { Printed } from './printed.ts'

/** The digits behind the point that a decimal quotient has at least ("Precision, scale, and length"). */
const FEWEST_DIGITS = 6

/**
 * A decimal by a number whose reciprocal ends, so that the type of T-SQL's quotient has room for every digit: printed as a product,
 * for PostgreSQL rounds the quotients of large numbers. Others are refused.
 */
export function exactQuotient(left: Printed, right: Printed): Printed {
  if (isQuotientOfMoney(left, right)) return refuse('a quotient of money is rounded')
  const [one, other] = [decimalTypeOf(left), decimalTypeOf(right)]
  const scale = Math.max(FEWEST_DIGITS, one.scale + other.precision + 1)
  const reciprocal = reciprocalOf(right)
  if (reciprocal === undefined || one.scale + reciprocal.scale > scale) {
    return refuse('a decimal quotient has another scale')
  }
  const type = exactDecimal(one.precision - one.scale + other.scale + scale, scale)
  // Two whole numbers would have a product that overflows earlier.
  const cast = left.type.kind === 'integer' && reciprocal.scale === 0 ? '::numeric' : ''
  return loose(`${operand(left)} * ${reciprocal.sql}${cast}`, type)
}

/** Money is stronger than a whole number. */
function isQuotientOfMoney(left: Printed, right: Printed): boolean {
  const [one, other] = [mayBeMoney(left), mayBeMoney(right)]
  return (one && (other || right.type.kind === 'integer')) || (other && left.type.kind === 'integer')
}

interface Reciprocal {
  readonly sql: string
  readonly scale: number
}

/** Of a literal that has only twos and fives as factors. */
function reciprocalOf({ constant }: Printed): Reciprocal | undefined {
  if (constant?.type !== 'integer' && constant?.type !== 'decimal') return undefined
  const units = BigInt(constant.digits.replace(/[-.]/g, ''))
  if (units === 0n) return undefined
  const behind = precisionOf(constant.digits).scale
  const scale = SCALES.find((one) => 10n ** BigInt(behind + one) % units === 0n)
  if (scale === undefined) return undefined
  return { sql: written(constant.digits.startsWith('-'), 10n ** BigInt(behind + scale) / units, scale), scale }
}

const SCALES = Array.from({ length: MOST_DIGITS }, (_, scale) => scale)

function written(negative: boolean, units: bigint, scale: number): string {
  const digits = String(units).padStart(scale + 1, '0')
  const point = digits.length - scale
  const number = `${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
  return negative ? `(-${number})` : number
}
