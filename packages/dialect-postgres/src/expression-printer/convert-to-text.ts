import type { LogicalTypeOf, TextType } from '@albackup/core'
import { refuse, whole } from '@albackup/core/printing'
import { cast, type Printed } from './printed.ts'

/** The most characters that a number of the type takes, its sign included. */
const LONGEST_INTEGER = { 8: 3, 16: 6, 32: 11, 64: 20 } as const

/** A value as text in its type's usual form (style 0); refused where it may be cut. */
export function toText(printed: Printed, type: TextType): Printed {
  const from = printed.type
  if (type.fixed && from.kind !== 'text') return refuse('a value is padded with blanks')
  switch (from.kind) {
    case 'text':
      return fromText(printed, from, type)
    case 'boolean':
      return ofLength(1, cast(cast(printed, 'integer', type), 'text', type), type)
    case 'integer':
      return ofLength(LONGEST_INTEGER[from.bits], cast(printed, 'text', type), type)
    case 'decimal':
      return fromDecimal(printed, from, type)
    case 'uuid':
      return ofLength(36, whole(`upper(${printed.sql}::text)`, type), type)
    case 'date':
      return printed.ambient ? refuse('the clock becomes a text') : ofLength(10, fromDate(printed, type), type)
    default:
      return refuse(`the conversion of ${from.kind} to text is not known`)
  }
}

function ofLength(longest: number, printed: Printed, type: TextType): Printed {
  if (type.length !== null && type.length < longest) refuse('a text may be cut')
  return printed
}

function fromText(printed: Printed, from: TextType, type: TextType): Printed {
  if (printed.ambient) return { ...printed, type }
  if (from.fixed !== type.fixed || (type.fixed && from.length !== type.length))
    return refuse('a text is padded with blanks, or was')
  if (from.unit === 'utf16' && type.unit === 'bytes') return refuse('a text goes through a code page')
  if (type.length !== null && (from.length === null || from.length > type.length)) return refuse('a text may be cut')
  return { ...printed, type: withComparison(type, from) }
}

/** A conversion keeps its operand's collation. */
function withComparison(type: TextType, from: TextType): TextType {
  const comparison = type.comparison ?? from.comparison
  return comparison === undefined ? type : { ...type, comparison }
}

/** Scale 4 may be money, which shows two digits. */
function fromDecimal(printed: Printed, from: LogicalTypeOf<'decimal'>, type: TextType): Printed {
  if (from.scale === 4) return refuse('money becomes text')
  // A sign, a point, and a zero before the point.
  return ofLength(from.precision + 3, cast(printed, 'text', type), type)
}

/** Written out, for PostgreSQL's own form depends on the session's DateStyle. */
function fromDate(printed: Printed, type: TextType): Printed {
  const { sql } = printed
  const part = (name: string, digits: number) => `lpad(extract(${name} from ${sql})::text, ${digits}, '0')`
  return whole(`(${part('year', 4)} || '-' || ${part('month', 2)} || '-' || ${part('day', 2)})`, type)
}
