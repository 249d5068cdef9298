import {
  type BinaryType,
  canonicalNumber,
  isPlainDouble,
  isPlainReal,
  isZero,
  type LogicalType,
  type LogicalTypeOf,
  precisionOf,
  rescale,
  type TextType,
  wholePart,
} from '@albackup/core'
import { type Constant, refuse, whole } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import { printDateText } from './date-text.ts'
import { printConstant } from './literals.ts'
import type { Printed } from './printed.ts'

type NumberConstant = Extract<Constant, { readonly digits: string }>
type FloatType = LogicalTypeOf<'float'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const EMPTY_UUID = '00000000-0000-0000-0000-000000000000'
const NUMBER = /^ *([+-]?\d+(?:\.\d+)?) *$/
const DAY = 86_400_000

/** A literal as a literal of another type: what T-SQL's conversion gives, worked out here. */
export function convertConstant(constant: Constant, type: LogicalType): Printed {
  const printed = literalOf(constant, type)
  return { ...printed, type }
}

function literalOf(constant: Constant, type: LogicalType): Printed {
  switch (type.kind) {
    case 'boolean':
      return whole(toBoolean(constant) ? 'true' : 'false', type)
    case 'integer':
      return numberOf({ type: 'integer', digits: toInteger(constant) })
    case 'decimal':
      return numberOf({ type: 'decimal', digits: toDecimal(constant, type.scale) })
    case 'float':
      return toFloat(constant, type)
    case 'text':
      return toText(constant, type)
    case 'binary':
      return toBinary(constant, type)
    case 'uuid':
      return whole(`'${toUuid(constant)}'::uuid`, type)
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamp-offset':
      return toMoment(constant, type)
    default:
      return refuse(`no literal of type ${type.kind} is printed`)
  }
}

function numberOf(constant: NumberConstant): Printed {
  return printConstant(constant)
}

function toBoolean(constant: Constant): boolean {
  if (constant.type === 'binary' || constant.type === 'moment')
    return refuse(`a ${constant.type} literal stands for a bit`)
  if (constant.type !== 'text') return !isZero(constant.digits)
  const text = constant.text.toLowerCase()
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0' || text === '') return false
  return refuse(`the text '${constant.text}' stands for a bit`)
}

function toInteger(constant: Constant): string {
  if (constant.type === 'float') return refuse('a float literal stands for a whole number')
  const digits = numberDigits(constant)
  if (constant.type === 'text' && digits.includes('.')) refuse(`the text '${digits}' stands for a whole number`)
  return canonicalNumber(wholePart(digits))
}

/** Scale 4 may be money, whose rounding is its own, and which alone the empty text stands for. */
function toDecimal(constant: Constant, scale: number): string {
  if (constant.type === 'float') return refuse('a float literal stands for a decimal')
  if (scale !== 4 && constant.type === 'text' && isBlank(constant.text)) refuse('the empty text is no decimal')
  const digits = numberDigits(constant)
  if (scale === 4 && precisionOf(digits).scale > 4) refuse('a literal is rounded to money')
  return rescale(digits, scale)
}

/** A float becomes a real by way of a double; for other literals it makes no difference, or none is printed. */
function toFloat(constant: Constant, type: FloatType): Printed {
  if (constant.type === 'float') {
    return type.bits === 64 ? numberOf(constant) : whole(`${constant.digits}::double precision::real`, type)
  }
  const digits = numberDigits(constant)
  if (!isPlainDouble(digits) || (type.bits === 32 && !isPlainReal(digits))) refuse('a literal is rounded to a float')
  return numberOf({ type: 'float', digits })
}

function numberDigits(constant: Constant): string {
  if (constant.type === 'binary' || constant.type === 'moment') return refuse(`a ${constant.type} stands for a number`)
  if (constant.type !== 'text') return constant.digits
  // The empty text is zero.
  const digits = isBlank(constant.text) ? '0' : NUMBER.exec(constant.text)?.[1]
  return digits?.replace('+', '') ?? refuse(`the text '${constant.text}' stands for a number`)
}

function isBlank(text: string): boolean {
  return /^ *$/.test(text)
}

/** Written as a text, in braces or without; or as bytes that are all zero. */
function toUuid(constant: Constant): string {
  if (constant.type === 'binary' && constant.hex !== '' && /^0{0,32}$/.test(constant.hex)) return EMPTY_UUID
  const text = constant.type === 'text' ? constant.text.replace(/^\{(.*)\}$/, '$1') : ''
  return UUID.test(text) ? text.toLowerCase() : refuse('the literal is no uuid')
}

/** Without N a literal's characters go through the database's code page; with it, into a column of bytes, through the column's. */
function toText(constant: Constant, type: TextType): Printed {
  const plain = constant.type === 'text' || constant.type === 'integer' || constant.type === 'decimal'
  if (!plain) return refuse(`a ${constant.type} literal stands for a text`)
  const text = constant.type === 'text' ? constant.text : constant.digits
  const unicode = constant.type === 'text' && constant.unicode
  if (!isPrintableAscii(text) && !(unicode && type.unit === 'utf16')) refuse('a literal depends on a code page')
  if (type.length !== null && text.length > type.length) refuse('a literal is longer than its type')
  return { ...whole(quoteText(text).trimStart(), type), constant: { type: 'text', text, unicode } }
}

export function isPrintableAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

function toBinary(constant: Constant, type: BinaryType): Printed {
  if (constant.type !== 'binary') return refuse('the literal is not binary')
  const bytes = constant.hex.length / 2
  if (type.length !== null && bytes > type.length) refuse('a literal is longer than its type')
  const hex = type.fixed && type.length !== null ? constant.hex.padEnd(type.length * 2, '0') : constant.hex
  return printConstant({ type: 'binary', hex })
}

/** A whole number stands for a datetime or smalldatetime only: days since 1900. */
function toMoment(constant: Constant, type: Parameters<typeof printDateText>[1]): Printed {
  if (constant.type === 'integer' && type.kind === 'timestamp') return moment(dayOfNumber(constant.digits), type)
  if (constant.type === 'text' || constant.type === 'moment') return moment(constant.text, type)
  return refuse('the literal is no date or time')
}

function moment(source: string, type: Parameters<typeof printDateText>[1]): Printed {
  const { sql, text } = printDateText(source, type)
  return { ...whole(sql, type), constant: { type: 'moment', text } }
}

const FIRST_DAY = -53690
const LAST_DAY = 2958463

/** From 1753 to 9999. */
function dayOfNumber(digits: string): string {
  const days = Number(digits)
  if (days < FIRST_DAY || days > LAST_DAY) return refuse('a number stands for a date out of range')
  return new Date(Date.UTC(1900, 0, 1) + days * DAY).toISOString().slice(0, 10).replaceAll('-', '')
}
