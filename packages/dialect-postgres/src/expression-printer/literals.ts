import { canonicalNumber, type Literal, precisionOf } from '@albackup/core'
import { quoteText } from '../quote.ts'
import { type Constant, INT, NULL, type Printed, refuse } from './printed.ts'

const GREATEST_INT = 2147483647n

/** A literal with the type that T-SQL gives it. */
export function printLiteral(literal: Literal): Printed {
  switch (literal.type) {
    case 'null':
      return NULL
    case 'integer':
    case 'decimal':
    case 'float':
      return printConstant({ type: literal.type, digits: literal.digits })
    case 'text':
      if (!literal.unicode && !isAscii(literal.text)) return refuse('a literal depends on a code page')
      return printConstant(literal)
    case 'binary':
      return printConstant(literal)
  }
}

/** Also the signs that nobody sees: every code page has them in the same places. */
function isAscii(text: string): boolean {
  return [...text].every((character) => character <= '\x7f')
}

/** The same for a literal with its sign. */
export function printConstant(constant: Exclude<Constant, { type: 'moment' }>): Printed {
  switch (constant.type) {
    case 'integer':
    case 'decimal':
      return printNumber(constant.type, canonicalNumber(constant.digits))
    case 'float':
      return number(constant.digits, { kind: 'float', bits: 64 }, constant)
    case 'text':
      return {
        sql: quoteText(constant.text).trimStart(),
        type: {
          kind: 'text',
          length: Math.max(constant.text.length, 1),
          unit: constant.unicode ? 'utf16' : 'bytes',
          fixed: false,
        },
        tight: true,
        constant,
      }
    case 'binary':
      return {
        sql: `${quoteText(`\\x${constant.hex.toLowerCase()}`).trimStart()}::bytea`,
        type: { kind: 'binary', length: Math.max(constant.hex.length / 2, 1), fixed: false },
        tight: true,
        constant,
      }
  }
}

/** Whole numbers beyond int are decimals in T-SQL. */
function printNumber(type: 'integer' | 'decimal', digits: string): Printed {
  const value = digits.replace('-', '')
  if (type === 'integer' && BigInt(value) <= GREATEST_INT) return number(digits, INT, { type, digits })
  return number(digits, { kind: 'decimal', ...precisionOf(digits) }, { type, digits })
}

function number(sql: string, type: Printed['type'], constant: Constant): Printed {
  return { sql, type, tight: !sql.startsWith('-'), constant }
}
