import { canonicalNumber, type Literal } from '@albackup/core'
import { type Constant, literalNumberType, NULL, refuse } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { Printed } from './printed.ts'

/** A literal with the type that T-SQL gives it. */
export function printLiteral(literal: Literal): Printed {
  if (literal.type === 'null') return NULL
  const needsCodePage = literal.type === 'text' && !literal.unicode && !isAscii(literal.text)
  return needsCodePage ? refuse('a literal depends on a code page') : printConstant(literal)
}

/** Also the signs that nobody sees: every code page has them in the same places. */
function isAscii(text: string): boolean {
  return [...text].every((character) => character <= '\x7f')
}

/** The same for a literal with its sign. */
export function printConstant(constant: Exclude<Constant, { type: 'moment' }>): Printed {
  switch (constant.type) {
    case 'integer':
    case 'decimal': {
      const digits = canonicalNumber(constant.digits)
      return number(digits, literalNumberType(constant.type, digits), { type: constant.type, digits })
    }
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

function number(sql: string, type: Printed['type'], constant: Constant): Printed {
  return { sql, type, tight: !sql.startsWith('-'), constant }
}
