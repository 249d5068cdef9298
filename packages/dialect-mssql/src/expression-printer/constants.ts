import {
  canonicalNumber,
  isPlainDouble,
  isPlainReal,
  isZero,
  type LogicalType,
  type LogicalTypeOf,
  precisionOf,
  rescale,
} from '@albackup/core'
import { BIT, type Constant, refuse, whole } from '@albackup/core/printing'
import { asComputed, printConstant } from './literals.ts'
import { printMoment } from './moments.ts'
import { cast, type Printed } from './printed.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const WHOLE = /^-?\d+$/
const NUMBER = /^-?\d+(\.\d+)?$/
const FLOAT = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

const BOUNDS = { 8: 2n ** 7n, 16: 2n ** 15n, 32: 2n ** 31n, 64: 2n ** 63n } as const

/** A literal as a literal of another type. `steady`: it must not depend on how a session reads dates. */
export function convertConstant(constant: Constant, type: LogicalType, steady: boolean): Printed {
  switch (type.kind) {
    case 'boolean':
      return toBit(constant)
    case 'integer':
      return toInteger(constant, type)
    case 'decimal':
      return toDecimal(constant, type)
    case 'float':
      return toFloat(constant, type)
    case 'text':
      return toText(constant, type)
    case 'json':
      return constant.type === 'text' ? { ...printConstant(constant), type } : refuse('a literal is no JSON')
    case 'binary':
      return toBinary(constant, type)
    case 'uuid':
      if (constant.type !== 'text' || !UUID.test(constant.text)) return refuse('a literal is no uuid')
      return { ...cast(printConstant(constant), 'uniqueidentifier', type), constant }
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
      if (constant.type !== 'text' && constant.type !== 'moment') return refuse('a literal is no date')
      return printMoment(constant.text, type, steady)
    default:
      return refuse(`no literal of type ${type.kind} is printed`)
  }
}

function digitsOf(constant: Constant): string {
  if (constant.type === 'text') return constant.text
  return 'digits' in constant ? constant.digits : refuse('a literal is no number')
}

function toBit(constant: Constant): Printed {
  if (constant.type !== 'integer') return refuse('a literal is no boolean')
  const digits = isZero(constant.digits) ? '0' : '1'
  return { ...whole(digits, BIT), constant: { type: 'integer', digits } }
}

/** Whether a fraction is rounded or dropped differs from engine to engine. */
function toInteger(constant: Constant, type: LogicalTypeOf<'integer'>): Printed {
  const digits = digitsOf(constant)
  if (!WHOLE.test(digits)) return refuse('a literal is no whole number')
  const value = BigInt(digits)
  const bound = BOUNDS[type.bits]
  if (value >= bound || value < -bound) return refuse('a literal is out of range')
  const plain = String(value)
  return { ...whole(plain, type), tight: value >= 0n, constant: { type: 'integer', digits: plain } }
}

/** Both round halves away from zero. */
function toDecimal(constant: Constant, type: LogicalTypeOf<'decimal'>): Printed {
  const digits = digitsOf(constant)
  if (!NUMBER.test(digits)) return refuse('a literal is no decimal')
  const rounded = rescale(digits, type.scale)
  const { precision, scale } = precisionOf(rounded)
  if (precision - scale > type.precision - type.scale) return refuse('a literal is out of range')
  return { ...printConstant({ type: 'decimal', digits: rounded }), type }
}

function toFloat(constant: Constant, type: LogicalTypeOf<'float'>): Printed {
  const digits = digitsOf(constant)
  if (!FLOAT.test(digits)) return refuse('a literal is no number')
  const mantissa = digits.replace(/e.*$/i, '')
  const isPlain = mantissa === digits && isPlainDouble(digits) && (type.bits === 64 || isPlainReal(digits))
  if (!isPlain) return refuse('a literal is rounded to a float')
  const float = asComputed(printConstant({ type: 'float', digits: canonicalNumber(digits) }))
  return type.bits === 64 ? float : { ...cast(float, 'real', type), constant: float.constant! }
}

function toText(constant: Constant, type: LogicalTypeOf<'text'>): Printed {
  const plain = constant.type === 'text' || constant.type === 'integer' || constant.type === 'decimal'
  if (!plain) return refuse(`a ${constant.type} literal stands for a text`)
  const written = constant.type === 'text' ? constant.text : canonicalNumber(constant.digits)
  const length = [...written].length
  if (type.length !== null && length > type.length) return refuse('a literal is longer than its type')
  const text = type.fixed && type.length !== null ? written + ' '.repeat(type.length - length) : written
  return { ...printConstant({ type: 'text', text, unicode: true }), type }
}

function toBinary(constant: Constant, type: LogicalTypeOf<'binary'>): Printed {
  if (constant.type !== 'binary') return refuse('a literal is not binary')
  if (type.length !== null && constant.hex.length / 2 > type.length) return refuse('a literal is longer than its type')
  return type.fixed ? refuse('a literal is padded') : { ...printConstant(constant), type }
}
