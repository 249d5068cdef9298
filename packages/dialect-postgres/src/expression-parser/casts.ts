import type { Expression, LogicalType, LogicalTypeOf } from '@albackup/core'
import { asValue, FALSE, TRUE } from './conditions.ts'
import { notUnderstood } from './token-cursor.ts'
import { call, convert, INT, literalText, NULL, number, text } from './tree.ts'
import { type TypeName, typeMeaning } from './type-names.ts'

const WHOLE = /^-?\d+$/
const NUMBER = /^-?\d+(\.\d+)?$/
const BYTES = /^\\x((?:[0-9a-f]{2})*)$/i

/** `operand::type`. A literal of a type that the tree has no words for is the text that the catalog prints, as it is in a backup. */
export function cast(operand: Expression, type: TypeName): Expression {
  const value = asValue(operand)
  if (value === NULL) return NULL
  const literal = literalText(value)
  if (type.name === 'numeric' && type.modifiers.length === 0 && !type.isArray) return toNumeric(value, literal)
  // In comparisons of what is one blanks at the end do not count.
  if (type.name === 'bpchar' && literal === undefined) return notUnderstood()
  const logical = type.name === 'bpchar' && literal?.endsWith(' ') ? padded(literal) : typeMeaning(type)
  if (logical === undefined) return literal === undefined ? notUnderstood() : value
  return literal === undefined ? castValue(value, logical) : castLiteral(literal, logical)
}

/** As long as it is written. */
function padded(literal: string): LogicalType {
  return { kind: 'text', length: [...literal].length, unit: 'characters', fixed: true }
}

/** A numeric keeps every digit of what it is made of. */
function toNumeric(value: Expression, literal: string | undefined): Expression {
  if (literal !== undefined) return NUMBER.test(literal) ? number('decimal', literal) : notUnderstood()
  if (value.kind === 'literal' && value.value.type === 'integer') return number('decimal', value.value.digits)
  if (value.kind === 'literal' && value.value.type === 'decimal') return value
  return call('as-decimal', value)
}

function castLiteral(literal: string, type: LogicalType): Expression {
  switch (type.kind) {
    case 'boolean':
      return literal === 't' || literal === 'true'
        ? TRUE
        : literal === 'f' || literal === 'false'
          ? FALSE
          : notUnderstood()
    case 'integer':
      if (!WHOLE.test(literal)) return notUnderstood()
      return type.bits === 32 ? number('integer', literal) : convert(number('integer', literal), type)
    case 'text':
      return isWhole(literal, type) ? text(literal) : convert(text(literal), type)
    case 'binary': {
      const hex = BYTES.exec(literal)?.[1]
      return hex === undefined ? notUnderstood() : { kind: 'literal', value: { type: 'binary', hex } }
    }
    default:
      return literal === 'now' ? castValue(call('now-offset'), type) : convert(text(literal), type)
  }
}

function isWhole(literal: string, { length, fixed }: LogicalTypeOf<'text'>): boolean {
  return !fixed && (length === null || [...literal].length <= length)
}

const CLOCK_KINDS: readonly LogicalType['kind'][] = ['date', 'time', 'timestamp']

function castValue(value: Expression, type: LogicalType): Expression {
  if (type.kind === 'integer') return toInteger(value, type)
  // What an instant is in the session's zone is known of the clock alone.
  const isClock = value.kind === 'call' && value.name === 'now-offset'
  if (isClock && CLOCK_KINDS.includes(type.kind)) return convert(call('now-fine'), type)
  return convert(value, type)
}

/** PostgreSQL rounds to a whole number. A part of a date is one. */
function toInteger(value: Expression, type: LogicalTypeOf<'integer'>): Expression {
  if (value.kind === 'literal' && value.value.type === 'integer') return type.bits === 32 ? value : convert(value, type)
  const part = value.kind === 'convert' ? value.operand : undefined
  if (part?.kind === 'call' && part.name === 'date-part') return type.bits === INT.bits ? part : convert(part, type)
  return { kind: 'convert', operand: value, type, style: null, rounded: true }
}
