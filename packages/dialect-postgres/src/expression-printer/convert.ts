import type { IntegerType, LogicalType, LogicalTypeOf } from '@albackup/core'
import {
  type DecimalType,
  isPlainDecimal,
  loose,
  type NumberType,
  operand,
  refuse,
  valueType,
  whole,
} from '@albackup/core/printing'
import { mayBeMoney } from './common-type.ts'
import { convertConstant } from './convert-constant.ts'
import { convertTime } from './convert-time.ts'
import { toText, written } from './convert-to-text.ts'
import { cast, type Printed } from './printed.ts'

const INTEGER_TYPES = { 8: 'smallint', 16: 'smallint', 32: 'integer', 64: 'bigint' } as const

type FloatType = LogicalTypeOf<'float'>

const REAL: FloatType = { kind: 'float', bits: 32 }

/**
 * A value as a value of another type, by T-SQL's rules of conversion. A number becomes an operand of that type; PostgreSQL's
 * own widening of operands (smallint to integer to numeric) is left to PostgreSQL.
 */
export function convert(printed: Printed, type: LogicalType): Printed {
  if (valueType(printed) === null) return printed
  if (type.kind === 'integer' && mayBeMoney(printed)) return refuse('money is rounded to a whole number')
  if (isRounded(printed, type)) return convert(whole(asOperand(printed, REAL).sql, REAL), type)
  if (printed.constant !== undefined) return convertConstant(written(printed, printed.constant, type), type)
  switch (type.kind) {
    case 'boolean':
      return toBoolean(printed)
    case 'integer':
      return toInteger(printed, type)
    case 'decimal':
      return toDecimal(printed, type)
    case 'float':
      return toFloat(printed, type)
    case 'text':
      return toText(printed, type)
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamp-offset':
      return convertTime(printed, type)
    case 'uuid':
      if (printed.type.kind === 'uuid') return printed
      return refuse(`the conversion of ${printed.type.kind} to uuid is not known`)
    case 'binary':
      if (printed.type.kind === 'binary' && !type.fixed && fits(printed.type.length, type.length)) return printed
      return refuse(`the conversion of ${printed.type.kind} to binary is not known`)
    default:
      return refuse(`the conversion of ${printed.type.kind} to ${type.kind} is not known`)
  }
}

/** Whether a literal has become a real, whose value is not that of its digits any more. */
function isRounded({ type: from, constant }: Printed, type: LogicalType): boolean {
  if (constant === undefined || from.kind !== 'float' || from.bits === 64) return false
  return type.kind !== 'float' || type.bits === 64
}

/**
 * A value as what is stored in a column: a text that is too long fails on both sides, where a conversion would cut it, and
 * one that is too short is padded by both.
 */
export function assign(printed: Printed, type: LogicalType): Printed {
  const texts = printed.type.kind === 'text' && type.kind === 'text' && (!type.fixed || !printed.type.fixed)
  return convert(printed, texts ? { ...type, fixed: false, length: null } : type)
}

/**
 * The same as an operand that PostgreSQL computes in that type: a literal, which PostgreSQL would take for an integer or a
 * numeric, gets a cast unless it is an integer.
 */
export function asOperand(printed: Printed, type: LogicalType): Printed {
  const converted = convert(printed, type)
  const { constant } = converted
  const natural = type.kind === 'integer' && type.bits === 32
  const number = type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float'
  if (constant === undefined || natural || !number) return converted
  return { ...cast(converted, nameOf(type), type), constant }
}

function nameOf(type: NumberType): string {
  switch (type.kind) {
    case 'integer':
      return INTEGER_TYPES[type.bits]
    case 'decimal':
      return `numeric(${type.precision}, ${type.scale})`
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision'
  }
}

function fits(length: number | null, into: number | null): boolean {
  return into === null || (length !== null && length <= into)
}

function toBoolean(printed: Printed): Printed {
  switch (printed.type.kind) {
    case 'boolean':
      return printed
    case 'integer':
    case 'decimal':
    case 'float':
      return loose(`${operand(printed)} <> 0`, { kind: 'boolean' })
    default:
      return refuse(`the conversion of ${printed.type.kind} to bit is not known`)
  }
}

/** T-SQL drops the fraction, PostgreSQL would round it. */
function toInteger(printed: Printed, type: IntegerType): Printed {
  const name = nameOf(type)
  switch (printed.type.kind) {
    case 'boolean':
      // Only to integer has boolean a cast.
      return cast(type.bits === 32 ? printed : cast(printed, 'integer', type), name, type)
    case 'integer':
      return printed.type.bits === type.bits ? printed : cast(printed, name, type)
    case 'decimal':
    case 'float':
      return whole(`trunc(${printed.sql})::${name}`, type)
    case 'text':
      if (printed.symbols === 'digits') return cast(printed, name, type)
      // The empty text is zero.
      if (printed.symbols === 'part of digits') return cast(loose(`'0' || ${operand(printed)}`, type), name, type)
      return refuse('the conversion of text to whole number is not known')
    default:
      return refuse(`the conversion of ${printed.type.kind} to whole number is not known`)
  }
}

function toDecimal(printed: Printed, type: DecimalType): Printed {
  const from = printed.type
  const name = nameOf(type)
  if (from.kind === 'boolean') return cast(cast(printed, 'integer', type), name, type)
  if (from.kind === 'integer') return cast(printed, name, type)
  if (from.kind !== 'decimal') return refuse(`the conversion of ${from.kind} to decimal is not known`)
  if (from.scale === type.scale && from.precision <= type.precision) return { ...printed, type }
  if (from.scale > type.scale && type.scale === 4) return refuse('a decimal is rounded to money')
  return cast(printed, name, type)
}

function toFloat(printed: Printed, type: FloatType): Printed {
  const from = printed.type
  const name = nameOf(type)
  switch (from.kind) {
    case 'boolean':
      return cast(cast(printed, 'integer', type), name, type)
    case 'float':
      return from.bits === type.bits ? printed : cast(printed, name, type)
    case 'integer':
      return cast(printed, name, type)
    case 'decimal':
      if (type.bits === 64 && isPlainDecimal(from)) return cast(printed, name, type)
      return refuse('a decimal is rounded to a float')
    default:
      return refuse(`the conversion of ${from.kind} to float is not known`)
  }
}
