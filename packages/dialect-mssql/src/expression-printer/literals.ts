import { canonicalNumber, type Literal } from '@albackup/core'
import { BIGINT, type Constant, literalNumberType, MOST_DIGITS, NULL, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { Printed } from './printed.ts'

export function printLiteral(literal: Literal): Printed {
  return literal.type === 'null' ? NULL : printConstant(literal)
}

/** A literal with its sign, and the type that it has in the tree. */
export function printConstant(constant: Exclude<Constant, { type: 'moment' }>): Printed {
  switch (constant.type) {
    case 'integer':
    case 'decimal':
      return printNumber(constant.type, canonicalNumber(constant.digits))
    case 'float':
      return number(constant.digits, { kind: 'float', bits: 64 }, constant)
    case 'text':
      return textConstant(constant)
    case 'binary': {
      const type = { kind: 'binary', length: Math.max(constant.hex.length / 2, 1), fixed: false } as const
      return { sql: `0x${constant.hex.toLowerCase()}`, type, tight: true, constant }
    }
  }
}

/** A character beyond ASCII or none: all are Unicode literals. */
function textConstant(constant: Extract<Constant, { readonly type: 'text' }>): Printed {
  const { text } = constant
  if (text.includes('\0')) return refuse('a literal holds U+0000')
  const type = { kind: 'text', length: [...text].length, unit: 'characters', fixed: false } as const
  return { sql: quoteText(text), type, tight: isOneLiteral(text), constant }
}

function isOneLiteral(text: string): boolean {
  return !/\\\r?\n/.test(text)
}

/** Whole numbers beyond 32 bits are decimals in T-SQL, too. */
function printNumber(written: 'integer' | 'decimal', digits: string): Printed {
  const type = literalNumberType(written, digits)
  if (type.kind === 'decimal' && type.precision > MOST_DIGITS) return refuse('a literal has more than 38 digits')
  return number(digits, type, { type: type.kind, digits })
}

function number(sql: string, type: Printed['type'], constant: Constant): Printed {
  return { sql, type, tight: !sql.startsWith('-'), constant }
}

/** A literal as T-SQL computes with it: without its point a decimal would be an int. */
export function asComputed(printed: Printed): Printed {
  const { constant, type, sql } = printed
  if (constant?.type === 'decimal' && !sql.includes('.')) return { ...printed, sql: `${sql}.` }
  if (constant?.type === 'float' && !/e/i.test(sql)) return { ...printed, sql: `${sql}e0` }
  if (constant?.type === 'integer' && type.kind === 'integer' && type.bits === BIGINT.bits) {
    return { ...printed, sql: `cast(${sql} as bigint)`, tight: true }
  }
  return printed
}
