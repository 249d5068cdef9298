import { canonicalNumber, type LogicalType, type LogicalTypeOf, precisionOf, type TextType } from '@albackup/core'
import { type Constant, operand, refuse, whole } from '@albackup/core/printing'
import { mayBeMoney } from './common-type.ts'
import { cast, type Printed } from './printed.ts'

/** The most characters that a number of the type takes, its sign included. */
const LONGEST_INTEGER = { 8: 3, 16: 6, 32: 11, 64: 20 } as const

/** A value as text in its type's usual form (style 0); refused where it may be cut. */
export function toText(printed: Printed, type: TextType): Printed {
  const from = printed.type
  if (from.kind === 'uuid' && type.length === 36) return fromUuid(printed, type)
  if (type.fixed && from.kind !== 'text') return refuse('a value is padded with blanks')
  switch (from.kind) {
    case 'text':
      return fromText(printed, from, type)
    case 'boolean':
      return ofLength(1, cast(cast(printed, 'integer', type), 'text', type), type)
    case 'integer':
      return fromInteger(printed, LONGEST_INTEGER[from.bits], type)
    case 'decimal':
      return fromDecimal(printed, from, type)
    case 'uuid':
      return ofLength(36, fromUuid(printed, type), type)
    case 'date':
      return printed.ambient ? refuse('the clock becomes a text') : ofLength(10, fromDate(printed, type), type)
    default:
      return refuse(`the conversion of ${from.kind} to text is not known`)
  }
}

function ofLength(longest: number, printed: Printed, type: TextType): Printed {
  if (type.length !== null && type.length < longest) refuse('a text may be cut')
  return sized(printed)
}

function sized(printed: Printed): Printed {
  return { ...printed, sized: true }
}

/** Of a whole number that is longer than its text T-SQL makes an asterisk; as a Unicode text it fails ("CAST and CONVERT"). */
function fromInteger(printed: Printed, longest: number, type: TextType): Printed {
  const text = cast(printed, 'text', type)
  if (type.length === null || type.length >= longest || type.unit !== 'bytes') return sized(text)
  return sized(whole(`regexp_replace(${text.sql}, '^.{${type.length + 1},}$', '*')`, type))
}

/** Always 36 characters, so that nothing is padded. */
function fromUuid(printed: Printed, type: TextType): Printed {
  const text = whole(`upper(${operand(printed)}::text)`, { ...type, fixed: false })
  return { ...sized(text), ascii: true, symbols: 'hexadecimal' }
}

function fromText(printed: Printed, from: TextType, type: TextType): Printed {
  if (printed.ambient) return { ...printed, type }
  if (from.fixed !== type.fixed || (type.fixed && from.length !== type.length))
    return refuse('a text is padded with blanks, or was')
  if (from.unit === 'utf16' && type.unit === 'bytes') return refuse('a text goes through a code page')
  if (type.length !== null && (from.length === null || from.length > type.length)) return refuse('a text may be cut')
  return sized({ ...printed, type: withComparison(type, from) })
}

/** A conversion keeps its operand's collation. */
function withComparison(type: TextType, from: TextType): TextType {
  const comparison = type.comparison ?? from.comparison
  return comparison === undefined ? type : { ...type, comparison }
}

/**
 * Shows as many digits behind the point as its type has; PostgreSQL, as many as the value. One that is too long fails in the
 * source. Money shows two digits.
 */
function fromDecimal(printed: Printed, from: LogicalTypeOf<'decimal'>, type: TextType): Printed {
  if (mayBeMoney(printed)) return refuse('money becomes text')
  const scaled = `numeric(${from.precision}, ${from.scale})`
  const known = printed.scaled || printed.sql.endsWith(`::${scaled}`)
  return sized(cast(known ? printed : cast(printed, scaled, from), 'text', type))
}

/** Written out, for PostgreSQL's own form depends on the session's DateStyle. */
function fromDate(printed: Printed, type: TextType): Printed {
  const { sql } = printed
  const part = (name: string, digits: number) => `lpad(extract(${name} from ${sql})::text, ${digits}, '0')`
  return whole(`(${part('year', 4)} || '-' || ${part('month', 2)} || '-' || ${part('day', 2)})`, type)
}

/** A number that becomes a text shows as many digits behind the point as its type has. */
export function written(printed: Printed, constant: Constant, type: LogicalType): Constant {
  const from = printed.type
  if (type.kind !== 'text' || from.kind !== 'decimal' || !('digits' in constant)) return constant
  if (mayBeMoney(printed)) return refuse('money becomes text')
  return { ...constant, digits: withScale(constant.digits, from.scale) }
}

function withScale(digits: string, scale: number): string {
  const missing = scale - precisionOf(digits).scale
  return `${canonicalNumber(digits)}${missing === scale && scale > 0 ? '.' : ''}${'0'.repeat(Math.max(missing, 0))}`
}
